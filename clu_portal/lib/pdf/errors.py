"""Why a rendering gave nothing, and whether trying again can help."""

from collections.abc import Callable, Sequence

from clu_portal.lib import confined


class RenderingError(Exception):
    """No document. `poison` is True when the same input can only fail again."""

    poison = False


class RenderingRefused(RenderingError):
    """The content asks for what is not allowed, or cannot be laid out."""

    poison = True


class RenderingTimeout(RenderingError):
    """The time allowed is used up."""


class RenderingOutOfMemory(RenderingError):
    """The memory allowed is used up."""


class RenderingCrashed(RenderingError):
    """The process died, or met an error nobody expected."""


MEANING = {
    confined.Refused: RenderingRefused,
    confined.OutOfTime: RenderingTimeout,
    confined.OutOfMemory: RenderingOutOfMemory,
    confined.Crashed: RenderingCrashed,
}


def run_confined(work: Callable[[], Sequence[bytes]], limits: confined.Limits) -> list[bytes]:
    """Run `work` in a confined child; its failures are told as `RenderingError`."""
    try:
        return confined.run(work, limits)
    except confined.ConfinedError as error:
        raise MEANING[type(error)](str(error)) from None
