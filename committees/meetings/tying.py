"""A line typed as it is printed, tied to whom it names: by the very name of a seat or a body, never by less."""

from collections import Counter
from collections.abc import Sequence

from clu_portal.organisations.models import Organisation
from committees.composition.models import Seat
from committees.meetings.enums import Capacity
from committees.meetings.models import Meeting


def tied_to(meeting: Meeting, lines: Sequence[str], capacity: str) -> list[dict]:
    """For each line, {"organisation", "seat"} that bear the name it begins with; None for what is not. Two queries.

    Only a member sits, and on a seat that no other resembles that day. What is printed stays as typed (design §4).
    """
    bodies = [body_named(line) for line in lines]
    organisations = {found.name: found for found in Organisation.objects.filter(name__in=bodies)}
    seats = seats_by_name(meeting) if capacity == Capacity.MEMBER else {}
    return [{"organisation": organisations.get(body), "seat": seats.get(body)} for body in bodies]


def body_named(line: str) -> str:
    """« Union des familles : Mme Aubert » names « Union des familles », as « Union des familles » alone does."""
    return line.replace("\u00a0", " ").partition(" : ")[0].strip()


def seats_by_name(meeting: Meeting) -> dict[str, Seat]:
    if meeting.held_on is None:
        return {}
    seats = list(Seat.objects.in_force_on(meeting.held_on).filter(committee__in=meeting.committees))
    times = Counter(map(str, seats))
    return {str(seat): seat for seat in seats if times[str(seat)] == 1}
