from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

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
    """How many bytes the page of this address receives; no more than usual from whoever has not signed in."""
    if not is_signed_in(request):
        return MAX_REQUEST
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        view = None
    return getattr(view, "largest_request", MAX_REQUEST)


def receive_files(request) -> None:
    """Read what is sent to the end, before a transaction begins: a slow line would hold it open, then lose it.

    Only from somebody signed in: what others send is read by the pages open to them, once the form is known to be
    ours. Raises UploadTooLarge. A sending cut short is left to the view that reads it.
    """
    if request.method == "POST" and request.content_type == "multipart/form-data" and is_signed_in(request):
        with suppress(UnreadablePostError, MultiPartParserError):
            request.POST  # noqa: B018 - reading it keeps the files on the disk


def is_signed_in(request) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Refuses a request too large before reading it, so that nobody fills the disk of the web machine."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        limit = request_limit(self.request)
        if content_length > limit:
            raise UploadTooLarge(limit)
