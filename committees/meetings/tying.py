"""A line typed as it is printed, tied to whom it names: by the very name of a seat or a body, never by less."""

from collections import Counter
from collections.abc import Sequence

from clu_portal.organisations.models import Organisation
from committees.composition.models import Seat
from committees.meetings.enums import Capacity
from committees.meetings.models import Meeting


def tied_to(meeting: Meeting, lines: Sequence[str], capacity: str) -> list[dict]:
    """For each line, {"organisation", "seat"} that bear the name it begins with; None for what is not. Two queries.

    Only a member sits, and on a seat that no other resembles that day; a body that holds several is not tied without
    its seat: the line says of which only as it is printed. What is printed stays as typed (design §4).
    """
    bodies = [body_named(line) for line in lines]
    organisations = {found.name: found for found in Organisation.objects.filter(name__in=bodies)}
    there = seats_there(meeting) if capacity == Capacity.MEMBER else []
    times, held = Counter(map(str, there)), Counter(seat.organisation_id for seat in there)
    seats = {str(seat): seat for seat in there if times[str(seat)] == 1}
    known = {name: found for name, found in organisations.items() if name in seats or held[found.pk] < 2}
    return [{"organisation": known.get(body), "seat": seats.get(body)} for body in bodies]


def body_named(line: str) -> str:
    """« Union des familles : Mme Aubert » names « Union des familles », as « Union des familles » alone does."""
    return line.replace("\u00a0", " ").partition(" : ")[0].strip()


def seats_there(meeting: Meeting) -> list[Seat]:
    """The seats of its committees on the day of a meeting; none for a day not known."""
    if meeting.held_on is None:
        return []
    return list(Seat.objects.in_force_on(meeting.held_on).filter(committee__in=meeting.committees))
