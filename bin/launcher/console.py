"""What the launcher says, in French, on one stream."""

import contextlib
import sys
from typing import TextIO


class Refusal(Exception):
    """The start cannot go on; the message, in French, says why and what to do. Shown without a traceback."""


class Console:
    """Prints progress. bin/manage moves it to the standard error: its standard output belongs to the command."""

    on_standard_error = False

    @property
    def stream(self) -> TextIO:
        return sys.stderr if self.on_standard_error else sys.stdout

    def __call__(self, message: str = "") -> None:
        with contextlib.suppress(OSError):  # a closed terminal is no reason to stop the portal
            print(message, file=self.stream, flush=True)


say = Console()
