"""The pages of a foreign PDF as pictures to be printed, with the text they hold, read in a confined child."""

import io
from dataclasses import dataclass

from clu_portal.lib.confined import Limits, Refused
from clu_portal.lib.pdf.errors import run_confined
from clu_portal.lib.pdf.reading import LIMITS, read_pages

LONGEST_OVER_SHORTEST = 20  # a page thinner than that is a line, and its picture would be nothing


@dataclass(frozen=True)
class Picture:
    """One page of a PDF as a JPEG file, with the text it holds and its shape."""

    jpeg: bytes
    text: str
    is_landscape: bool


def page_pictures(pdf: bytes, *, longest_side: int, max_pages: int, limits: Limits = LIMITS) -> list[Picture]:
    """Return every page as a picture of `longest_side` pixels. Raises a `RenderingError`, for too many pages too."""
    parts = run_confined(lambda: _pictures(pdf, longest_side, max_pages), limits)
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [Picture(jpeg, text.decode(), shape == b"landscape") for jpeg, text, shape in triples]


def _pictures(pdf: bytes, longest_side: int, max_pages: int) -> list[bytes]:
    pages = read_pages(pdf)
    if len(pages) > max_pages:
        raise Refused(f"plus de {max_pages} pages")
    return [part for page in pages for part in _picture(page, longest_side)]


def _picture(page, longest_side: int) -> tuple[bytes, bytes, bytes]:
    width, height = page.get_size()
    if min(width, height) <= 0 or max(width, height) > LONGEST_OVER_SHORTEST * min(width, height):
        raise Refused("une page n'a pas de forme qui s'imprime")
    picture = io.BytesIO()
    drawn = page.render(scale=longest_side / max(width, height)).to_pil().convert("RGB")
    drawn.save(picture, "JPEG", quality=82)
    text = page.get_textpage().get_text_bounded()
    return picture.getvalue(), text.encode(errors="replace"), b"landscape" if width > height else b"portrait"
