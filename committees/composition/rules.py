"""Rules of the composition, on plain values."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from committees.composition.enums import SeatBasis

MANDATE_WARNING_DAYS = 90  # the time for an organisation to name somebody and for an act to be signed (issue 3)
MEETINGS_MISSED = 2  # in a row, before the référent calls the organisation (issue 3)

# Who may follow somebody in a seat. Source: CRPA R. 133-3 and following, by analogy (domain.md §5.2, P66): a CLU is
# not held to it, so the portal says it and refuses nothing.
REPLACEMENT = {
    SeatBasis.DESIGNATED: "L'organisme désigne la personne qui suit.",
    SeatBasis.BY_OFFICE: "Qui prend la fonction prend le siège, et peut se faire remplacer par un membre du service.",
    SeatBasis.ELECTED: "Seul un autre élu de la même assemblée peut suivre.",
    SeatBasis.QUALIFIED: "Une personne qualifiée n'a pas de suppléant ; on nomme quelqu'un pour le reste du mandat.",
}


def is_in_force(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Without a first day: always; without a last one: for ever; both included."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Whether two periods share a day: first and last days included, no last one for ever."""
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def is_vacant(basis: str, *, has_full_member: bool) -> bool:
    """Whether somebody must be named. Who sits by office needs no name: whoever holds the office sits."""
    return not has_full_member and basis != SeatBasis.BY_OFFICE


def name_on(day: date, *, name: str, former_names: Iterable[tuple[str, date]]) -> str:
    """The name on a day, from the former ones with the last day of each."""
    ended = sorted((last_day, former) for former, last_day in former_names if last_day >= day)
    return ended[0][1] if ended else name


def has_merged(merged_on: date | None, day: date) -> bool:
    """Whether a committee is no more on a day: from the day of its merger on."""
    return merged_on is not None and day >= merged_on


def rate_pct(present: int, counted: int) -> Decimal | None:
    """Return present / counted in percent, one decimal, rounded half up; None when nothing was counted."""
    if counted == 0:
        return None
    return (Decimal(100 * present) / counted).quantize(Decimal("0.1"), ROUND_HALF_UP)


def ends_soon(ends_on: date | None, *, today: date) -> bool:
    """Whether a mandate in force ends today or within 90 days."""
    return ends_on is not None and today <= ends_on <= today + timedelta(days=MANDATE_WARNING_DAYS)


def missed_the_last_meetings(came: list[bool]) -> bool:
    """`came`: for each meeting that counts, the latest first, whether somebody of the organisation came."""
    return len(came) >= MEETINGS_MISSED and not any(came[:MEETINGS_MISSED])


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def long_without_meeting(last_on: date, next_on: date | None, *, months: int, today: date) -> bool:
    """Whether no meeting was held for so many months, and none is on the calendar."""
    return next_on is None and last_on <= months_before(today, months)
