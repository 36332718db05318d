"""Who sits on a day, as the meetings need it: the persons and organisations themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clu_portal.organisations.models import Organisation, Person
from committees.composition.composition import seats_on
from committees.composition.enums import MandateKind
from committees.composition.models import Seat
from committees.composition.rules import is_vacant
from committees.meetings.models import Meeting


@dataclass(frozen=True)
class Sitting:
    """A seat on a day: its full member, if there is one, and the substitutes."""

    seat_id: int
    wording: str
    committee_id: int
    organisation: Organisation | None
    college: str
    full_member: Person | None
    substitutes: tuple[Person, ...]
    basis: str = ""

    @property
    def persons(self) -> tuple[Person, ...]:
        return (*([self.full_member] if self.full_member else []), *self.substitutes)

    @property
    def is_filled(self) -> bool:
        """Held by somebody or, by office, by whoever has the office, named or not."""
        return bool(self.persons) or not is_vacant(self.basis, has_full_member=False)


def sitting_on(committee_ids: Collection[int], day: date | None) -> list[Sitting]:
    """Return the seats of committees in their order, with whoever holds them on a day, today without one.

    Two queries, whatever the number of seats.
    """
    return [sitting(seat) for seat in seats_on(committee_ids, day or timezone.localdate())]


def sittings_of(meeting: Meeting) -> list[Sitting]:
    """The seats of the committees a meeting is of, on its day, those of the committee that holds it first."""
    order = [committee.pk for committee in meeting.committees]
    return sorted(sitting_on(order, meeting.held_on), key=lambda seat: order.index(seat.committee_id))


def sitting(seat: Seat) -> Sitting:
    full = [mandate.person for mandate in seat.held if mandate.kind == MandateKind.FULL_MEMBER]
    substitutes = [mandate.person for mandate in seat.held if mandate.kind == MandateKind.SUBSTITUTE]
    return Sitting(
        seat_id=seat.pk,
        wording=str(seat),
        committee_id=seat.committee_id,
        organisation=seat.organisation,
        college=seat.college.label if seat.college else "",
        full_member=full[0] if full else None,
        substitutes=(*full[1:], *substitutes),
        basis=seat.basis,
    )
