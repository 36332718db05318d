"""Log lines: one line per event, with the reference of the request, never a name or a text (L01, P06)."""

import logging
from contextvars import ContextVar

request_reference: ContextVar[str] = ContextVar("request_reference", default="-")
request_address: ContextVar[str] = ContextVar("request_address", default="")


class ReferenceFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = request_reference.get()
        return True


class OneLineFormatter(logging.Formatter):
    """A line break inside a value does not begin a new line of log; the lines of a failure cannot pass for others."""

    default_format = "%(asctime)s %(levelname)s %(name)s [%(reference)s] %(message)s"

    def __init__(self):
        super().__init__(self.default_format)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, exc_info) -> str:  # noqa: N802 - the standard library's name
        return "  | " + super().formatException(exc_info).replace("\r", "\\r").replace("\n", "\n  | ")
