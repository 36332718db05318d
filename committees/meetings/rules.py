"""Rules of the meeting, on plain values."""

from datetime import date

from committees.composition.rules import has_merged
from committees.meetings.enums import MeetingState

# Life of a meeting (design §5). A past meeting goes from prepared to held without sending anything.
TRANSITIONS = {
    MeetingState.PREPARED: {
        MeetingState.CONVENED,
        MeetingState.HELD,
        MeetingState.CANCELLED,
        MeetingState.POSTPONED,
    },
    MeetingState.CONVENED: {MeetingState.HELD, MeetingState.CANCELLED, MeetingState.POSTPONED},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
    MeetingState.POSTPONED: set(),
}


def may_become(state: str, next_state: str) -> bool:
    return next_state in TRANSITIONS[MeetingState(state)]


def was_convened(state: str, second_convocation_on: date | None, *, noted: bool) -> bool:
    """Whether somebody was convened, whatever became of the meeting; `noted`: the journal says so."""
    return noted or state == MeetingState.CONVENED or second_convocation_on is not None


def may_be_held(held_on: date | None, *, today: date) -> bool:
    """A meeting is held on its day, or later; one without a date may be."""
    return held_on is None or held_on <= today


def still_meets(merged_on: date | None, held_on: date | None) -> bool:
    """Whether a committee meets on a day: one that merged does until the eve, and its past meetings are completed."""
    return merged_on is None or (held_on is not None and not has_merged(merged_on, held_on))
