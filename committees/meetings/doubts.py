"""What is written of an attendance list as it was, and yet worth a second look."""

from collections.abc import Iterable

from django.db.models import Q

from committees.meetings.models import Attendance
from committees.meetings.printing import persons_of
from committees.meetings.sitting import Sitting, sittings_of


def doubts_of(line: Attendance) -> list[str]:
    """What to look at again once a line is saved: said in French, and refused never."""
    return [doubt for doubt in (other_seat(line), *other_lines(line)) if doubt]


def other_lines(line: Attendance) -> list[str]:
    """Whoever is named on another line of the list too: absent on one, perhaps, and present on the other."""
    persons = persons_of(line)
    named = line.meeting.attendances.filter(Q(person__in=persons) | Q(others__person__in=persons)).exclude(pk=line.pk)
    others = named.distinct().select_related("person").prefetch_related("others__person")
    return [
        f"{person} figure aussi sur la ligne « {other} » ({other.get_status_display()}). Gardez celle qui est juste."
        for person in persons
        for other in others
        if person in persons_of(other)
    ]


def other_seat(line: Attendance) -> str:
    """Whoever came in a seat, or for it, while holding another one that day."""
    seat = line.attended_seat_id
    if line.person is None or seat is None:
        return ""
    others = seats_held_instead(line.person_id, seat, sittings_of(line.meeting))
    held = ", ".join(f"« {other} »" for other in others)
    return f"{line.person} tient ce jour-là un autre siège : {held}. Vérifiez celui de cette ligne." if held else ""


def seats_held_instead(person_id: int, seat_id: int, sittings: Iterable[Sitting]) -> list[str]:
    """The seats of a person who does not hold the one they sit in; none for whoever holds it, or holds none."""
    held = {seat.seat_id: seat.wording for seat in sittings if person_id in {person.pk for person in seat.persons}}
    return [] if seat_id in held else list(held.values())
