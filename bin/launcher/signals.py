"""Ctrl-C, SIGTERM and a closed terminal become one exception, never raised between a start and its record."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody asked us to stop, by this signal."""

    def __init__(self, number: int):
        self.number = number


class _State:
    held = False
    pending: int | None = None


def raise_on_signals() -> None:
    """From now on a stopping signal raises Interrupted in the main thread."""
    _State.pending = None
    for number in STOPPING:
        signal.signal(number, _handle)


def ignore_signals() -> None:
    """While stopping: what is being stopped in order must not be left half-way by a second Ctrl-C."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def held() -> Iterator[None]:
    """Put off the exception to the end of the block."""
    _State.held = True
    try:
        yield
    finally:
        _State.held = False
    if _State.pending is not None:
        raise Interrupted(_State.pending)


def _handle(number: int, frame: object) -> None:
    if _State.held:
        _State.pending = number
    else:
        raise Interrupted(number)
