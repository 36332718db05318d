from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MAX_REQUEST = 25 * 1024 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Refuses a request too large before reading it, so that nobody fills the disk of the web machine."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        if content_length > MAX_REQUEST:
            raise RequestDataTooBig("upload too large")
