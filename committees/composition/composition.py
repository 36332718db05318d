"""Who sits in a committee on a day: plain rows, in two queries whatever the number of seats."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch

from clu_portal.organisations.enums import Civility
from committees.composition.enums import CollegeSide, MandateKind
from committees.composition.models import Committee, Mandate, Seat
from committees.composition.rules import is_vacant


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a seat, as full member or substitute."""

    mandate_id: int
    person_id: int
    name: str
    civility: str
    kind: str
    starts_on: date
    ends_on: date | None
    opened_by_id: int | None = None

    @property
    def is_feminine(self) -> bool:
        return self.civility == Civility.MADAME

    @property
    def kind_label(self) -> str:
        """« suppléante » for a woman: what is printed agrees in gender."""
        word = MandateKind(self.kind).label
        return f"{word}e" if self.is_feminine and self.kind == MandateKind.SUBSTITUTE else word


@dataclass(frozen=True)
class SeatRow:
    """One seat in force on the day, with who holds it."""

    seat_id: int
    wording: str
    college_id: int | None
    college: str
    side: str
    organisation_id: int | None
    organisation: str
    service_id: int | None
    service: str
    territory: str
    basis: str
    basis_label: str
    starts_on: date | None
    ends_on: date | None
    full_member: Holder | None
    substitutes: tuple[Holder, ...]

    @property
    def is_vacant(self) -> bool:
        return is_vacant(self.basis, has_full_member=self.full_member is not None)

    @property
    def holders(self) -> tuple[Holder, ...]:
        return (self.full_member, *self.substitutes) if self.full_member else self.substitutes

    @property
    def label(self) -> str:
        return f"{self.wording} ({self.territory})" if self.territory else self.wording


@dataclass(frozen=True)
class CollegeRows:
    """The seats of one college, in order; label « » for the seats of none."""

    college_id: int | None
    label: str
    side: str
    seats: tuple[SeatRow, ...]

    @property
    def side_label(self) -> str:
        return CollegeSide(self.side).label if self.side else ""


def composition_on(committee: Committee, day: date) -> list[SeatRow]:
    """The seats in force on a day, by college then in order. Two queries."""
    return [row_of(seat, [holder_of(mandate) for mandate in seat.held]) for seat in seats_on([committee.pk], day)]


def seats_on(committee_ids: Collection[int], day: date) -> list[Seat]:
    """The seats of committees in force on a day, each with `held`: its mandates in force, the oldest first.

    By committee, then college, then in order. Two queries.
    """
    mandates = Mandate.objects.in_force_on(day).select_related("person").order_by("starts_on", "pk")
    seats = Seat.objects.in_force_on(day).filter(committee__in=committee_ids)
    seats = seats.select_related("committee", "college", "organisation", "service")
    return sorted(seats.prefetch_related(Prefetch("mandates", queryset=mandates, to_attr="held")), key=place)


def place(seat: Seat) -> tuple:
    """Committees by name, their colleges in order, the seats of none last."""
    college = (0, seat.college.position, seat.college.pk) if seat.college else (1, 0, 0)
    return (seat.committee.name, *college, seat.position, seat.pk)


def holder_of(mandate: Mandate) -> Holder:
    person = mandate.person
    return Holder(
        mandate_id=mandate.pk,
        person_id=person.pk,
        name=str(person),
        civility=person.civility,
        kind=mandate.kind,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        opened_by_id=mandate.opened_by_id,
    )


def row_of(seat: Seat, holders: list[Holder]) -> SeatRow:
    return SeatRow(
        seat_id=seat.pk,
        wording=seat.wording,
        college_id=seat.college_id,
        college=seat.college.label if seat.college else "",
        side=seat.college.side if seat.college else "",
        organisation_id=seat.organisation_id,
        organisation=str(seat.organisation or ""),
        service_id=seat.service_id,
        service=str(seat.service or ""),
        territory=seat.territory,
        basis=seat.basis,
        basis_label=seat.get_basis_display(),
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        full_member=next((holder for holder in holders if holder.kind == MandateKind.FULL_MEMBER), None),
        substitutes=tuple(holder for holder in holders if holder.kind == MandateKind.SUBSTITUTE),
    )


def by_college(rows: Iterable[SeatRow]) -> list[CollegeRows]:
    """The same rows grouped; they come in the order of `composition_on`."""
    groups = groupby(rows, key=lambda row: (row.college_id, row.college, row.side))
    return [CollegeRows(*college, tuple(seats)) for college, seats in groups]
