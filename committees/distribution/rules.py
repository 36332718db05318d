"""Whom sealed minutes are proposed to. Pure: plain values."""

from collections.abc import Collection

from committees.distribution.enums import Ground
from committees.meetings.enums import AttendanceStatus
from committees.meetings.wording import agreement

# Those the minutes speak of, and those who sit; who was invited and neither came nor answered is left to the référent.
PROPOSED = {Ground.MEMBER, Ground.PRESENT, Ground.EXCUSED}
OF_STATUS = {
    AttendanceStatus.PRESENT: Ground.PRESENT,
    AttendanceStatus.REPRESENTED: Ground.EXCUSED,
    AttendanceStatus.EXCUSED: Ground.EXCUSED,
}


def ground_of(*, is_member: bool, statuses: Collection[str], is_invited: bool) -> Ground | None:
    """Why minutes are proposed to somebody, the first that holds; None for who has nothing to do with them.

    `statuses`: those of the lines of attendance that name them. Represented, they were not in the room.
    """
    if is_member:
        return Ground.MEMBER
    found = {OF_STATUS[status] for status in statuses if status in OF_STATUS}
    named = next((ground for ground in (Ground.PRESENT, Ground.EXCUSED) if ground in found), None)
    return named or (Ground.INVITED if is_invited else None)


def ground_in_words(ground: Ground, gender: str) -> str:
    """« présente à la réunion », « excusé »: the label of a ground, agreeing with the person."""
    agreed = agreement([gender])
    said = {
        Ground.PRESENT: f"{agreed.of('présent')} à la réunion",
        Ground.EXCUSED: agreed.of("excusé"),
        Ground.INVITED: f"{agreed.of('invité')}, sans être {agreed.of('venu')}",
    }
    return said.get(ground, Ground(ground).label)


def is_proposed(ground: Ground, *, has_received: bool) -> bool:
    """Whether the box is ticked before anybody touches it: nobody is written to twice unless asked to."""
    return ground in PROPOSED and not has_received
