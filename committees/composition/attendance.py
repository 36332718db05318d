"""Who came, seat by seat, over the meetings held: counted by the database, as rates by college and organisation.

A meeting counts for a seat when the seat existed that day and its attendance list says something of it: a line of
its own, or, while somebody held it, a list in which every member's line is tied to somebody known. A list not typed,
typed without links, or a line « non renseigné » says nothing: missing is not zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from clu_portal.compiled import compiled
from committees.composition.models import Committee, Mandate, Seat
from committees.composition.rules import rate_pct
from committees.meetings.enums import CAME, AttendanceStatus, Capacity, MeetingState
from committees.meetings.models import Attendance, JointCommittee, Meeting

TIED_TO_NOBODY = Q(person=None, organisation=None, seat=None, substitute_for=None)
ALWAYS, FOR_EVER = Value(date.min), Value(date.max)


@dataclass(frozen=True)
class Rate:
    """For a college or an organisation: places counted, of which somebody came, of which excused."""

    label: str
    counted: int
    came: int
    excused: int

    @property
    def pct(self) -> Decimal | None:
        return rate_pct(self.came, self.counted)


@dataclass(frozen=True)
class Rates:
    colleges: tuple[Rate, ...]
    organisations: tuple[Rate, ...]

    @property
    def is_known(self) -> bool:
        return any(rate.counted for rate in self.colleges)


def attendance_rates(committee: Committee) -> Rates:
    """The rates of a committee over all its meetings held, past seats included. One query."""
    rows = counts_by_seat(committee.pk)
    return Rates(
        colleges=rates_by(((college or "Sans collège", counts) for college, _, counts in rows)),
        organisations=rates_by(((organisation, counts) for _, organisation, counts in rows if organisation)),
    )


@compiled
def counts_by_seat(committee: int) -> QuerySet:
    seats = Seat.objects.filter(committee=committee).annotate(counts=counts_of_the_seat())
    seats = seats.order_by("college__position", "organisation__name")
    return seats.values_list("college__label", "organisation__name", "counts")


def rates_by(rows: Iterable[tuple[str, dict | None]]) -> tuple[Rate, ...]:
    """Add up the counts of each label, in the order they come."""
    sums: dict[str, list[int]] = {}
    for label, counts in rows:
        total = sums.setdefault(label, [0, 0, 0])
        for place, name in enumerate(("counted", "came", "excused")):
            total[place] += (counts or {}).get(name, 0)
    return tuple(Rate(label, *total) for label, total in sums.items())


def counts_of_the_seat() -> Subquery:
    """{counted, came, excused} of each seat, over the meetings that count for it; null when none does."""
    counts = JSONObject(
        counted=Count("pk"),
        came=Count("pk", filter=Q(came=True)),
        excused=Count("pk", filter=Q(came=False, excused=True)),
    )
    return Subquery(meetings_of_the_seat().order_by().values("prefecture").annotate(counts=counts).values("counts"))


def meetings_of_the_seat() -> QuerySet[Meeting]:
    """Inside a query on seats: the meetings that count for each, joint ones included, with `came` and `excused`."""
    lines = Attendance.objects.filter(meeting=OuterRef("pk"), capacity=Capacity.MEMBER)
    own = lines.filter(line_of_the_seat())
    stated = own.exclude(status=AttendanceStatus.EXPECTED)
    is_missed = Exists(lines) & ~Exists(lines.filter(TIED_TO_NOBODY)) & ~Exists(own) & Exists(holders_of_the_seat())
    return (
        meetings_held()
        .filter(Exists(stated) | is_missed)
        .annotate(
            came=Exists(own.filter(status__in=CAME)),
            excused=Exists(own.filter(status=AttendanceStatus.EXCUSED)),
        )
    )


def meetings_held() -> QuerySet[Meeting]:
    """Inside a query on seats: the meetings of the committee held while the seat existed."""
    first_day, last_day = Coalesce(OuterRef("starts_on"), ALWAYS), Coalesce(OuterRef("ends_on"), FOR_EVER)
    jointly = JointCommittee.objects.filter(meeting=OuterRef("pk"), committee=OuterRef(OuterRef("committee")))
    held = Meeting.objects.filter(state=MeetingState.HELD, held_on__gte=first_day, held_on__lte=last_day)
    return held.filter(Q(committee=OuterRef("committee")) | Exists(jointly))


def holders_of_the_seat() -> QuerySet[Mandate]:
    """Inside a query on meetings inside one on seats: who held the seat that day. A vacant seat is not missed."""
    return in_force(OuterRef("held_on")).filter(seat=OuterRef(OuterRef("pk")))


def line_of_the_seat() -> Q:
    """A line is of the seat it names, or that it sits for; else of who holds the seat; else of its organisation.

    A person who holds another seat of the committee sits there, and not for every seat of the same organisation.
    """
    seat, committee = OuterRef(OuterRef("pk")), OuterRef(OuterRef(OuterRef("committee")))
    that_day = in_force(OuterRef("meeting__held_on")).filter(person=OuterRef("person"))
    sits_here = Exists(that_day.filter(seat=OuterRef(seat)))
    sits_elsewhere = Exists(that_day.filter(seat__committee=committee).exclude(seat=OuterRef(seat)))
    of_organisation = Q(organisation=OuterRef(OuterRef("organisation"))) & ~Q(sits_elsewhere)
    is_named = Q(substitute_for=seat) | Q(substitute_for=None, seat=seat)
    return is_named | (Q(seat=None, substitute_for=None) & (Q(sits_here) | of_organisation))


def in_force(day: OuterRef) -> QuerySet[Mandate]:
    return Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
