from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MAX_REQUEST = 25 * 1024 * 1024
ROOM_FOR_THE_REST = 1024 * 1024  # bytes: the other fields of the form


class UploadTooLarge(RequestDataTooBig):
    """A request refused for its size, before it was read. `limit` in bytes."""

    def __init__(self, limit: int):
        super().__init__("upload too large")
        self.limit = limit


def accepts_files_of(size: int) -> Callable:
    """Let one view receive a file of so many bytes; the others keep MAX_REQUEST."""

    def mark(view: Callable) -> Callable:
        view.largest_request = size + ROOM_FOR_THE_REST
        return view

    return mark


def request_limit(request) -> int:
    view = request.resolver_match.func if request and request.resolver_match else None
    return getattr(view, "largest_request", MAX_REQUEST)


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Refuses a request too large before reading it, so that nobody fills the disk of the web machine."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        limit = request_limit(self.request)
        if content_length > limit:
            raise UploadTooLarge(limit)
