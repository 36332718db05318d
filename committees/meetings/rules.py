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


STAYS = {
    MeetingState.HELD: "Cette réunion a été convoquée, puis tenue : elle reste inscrite.",
    MeetingState.CANCELLED: "Cette réunion a été convoquée, puis annulée : elle reste inscrite.",
    MeetingState.POSTPONED: "Cette réunion a été convoquée, puis reportée : elle reste inscrite.",
}


def why_it_stays(state: str) -> str:
    """Why a meeting that was convened is not put in the corbeille, and what is done instead when something is."""
    to_come = "Cette réunion est convoquée : annulez-la ou reportez-la, elle reste inscrite."
    return STAYS.get(MeetingState(state), to_come)


def state_in_words(state: str, *, opened: bool, closed: bool) -> str:
    """« préparée », « tenue »… and, from the opening of its session until it is noted as held, what the session is."""
    if opened and may_become(state, MeetingState.HELD):
        return "séance close" if closed else "séance ouverte"
    return MeetingState(state).label


def session_goes_on(state: str, *, opened: bool, closed: bool) -> bool:
    """Whether the session is under way: opened, not closed, and nobody has said what became of the meeting."""
    return opened and not closed and may_become(state, MeetingState.HELD)


def closes_now(held_on: date | None, opened_on: date, *, today: date) -> bool:
    """Whether noting a meeting as held closes its session at this hour: on its day, else that of its opening."""
    return (held_on or opened_on) == today


def may_be_held(held_on: date | None, *, today: date) -> bool:
    """A meeting is held on its day, or later; one without a date may be."""
    return held_on is None or held_on <= today


def comes_before_the_meeting(second_convocation_on: date | None, held_on: date | None) -> bool:
    """Whether a second convocation left on the day of the meeting at the latest; unknown days pass."""
    return second_convocation_on is None or held_on is None or second_convocation_on <= held_on


def still_meets(merged_on: date | None, held_on: date | None, *, today: date) -> bool:
    """Whether a committee meets on a day: until the eve of its merger; a meeting without a date is judged by today."""
    return merged_on is None or not has_merged(merged_on, held_on or today)
