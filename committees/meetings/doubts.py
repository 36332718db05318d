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
    said = []
    for person in persons_of(line):
        named = Q(person=person) | Q(others__person=person)
        for other in line.meeting.attendances.filter(named).exclude(pk=line.pk).distinct():
            status = other.get_status_display()
            said.append(f"{person} figure aussi sur la ligne « {other} » ({status}). Gardez celle qui est juste.")
    return said


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
