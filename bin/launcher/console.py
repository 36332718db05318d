"""What the launcher says, in French, on one stream."""

import contextlib
import sys


class Refusal(Exception):
    """The start cannot go on; the message, in French, says why and what to do. Shown without a traceback."""


class Console:
    """Prints progress. bin/manage moves it to the standard error: its standard output belongs to the command."""

    stream = sys.stdout

    def __call__(self, message: str = "") -> None:
        with contextlib.suppress(OSError):  # a closed terminal is no reason to stop the portal
            print(message, file=self.stream, flush=True)

    def flush(self) -> None:
        self.stream.flush()


say = Console()


def to_standard_error() -> None:
    say.stream = sys.stderr
