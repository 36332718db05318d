"""What WeasyPrint may read: `data:` addresses and our own static files, by their exact name."""

import logging
import mimetypes
import re
from pathlib import Path

from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC = Path(__file__).parents[3] / "static"
STATIC_NAME = re.compile(r"static:((?:[a-z0-9_-]+/)*[a-z0-9_-]+(?:\.[a-z0-9]+)+)")
SHOWN_CHARACTERS = 120


class HolesSeen(logging.Handler):
    """Notice the pictures that WeasyPrint leaves out, for it says so in its log only.

    It goes on even after a fatal error or a lack of memory, when that happens inside an SVG.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.any = False

    def emit(self, record: logging.LogRecord) -> None:
        self.any = self.any or record.msg.startswith("Failed to ")

    def __enter__(self) -> "HolesSeen":
        LOGGER.addHandler(self)
        return self

    def __exit__(self, *_) -> None:
        LOGGER.removeHandler(self)


class OwnNamesOnly(URLFetcher):
    """Refuse everything else, and stop the whole rendering: a document with a hole would look finished.

    `refused` keeps the addresses, for a fatal error inside an SVG does not stop WeasyPrint.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused = []

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = static_path(url)
        if path is None:
            self.refused.append(url[:SHOWN_CHARACTERS])
            raise FatalURLFetchingError(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def static_path(url: str) -> Path | None:
    """Return the file named by `static:folder/name.ext`, None when it is not a plain name of a file of ours."""
    match = STATIC_NAME.fullmatch(url)
    path = STATIC / match[1] if match else STATIC
    return path if path.is_file() and path.resolve().is_relative_to(STATIC.resolve()) else None
