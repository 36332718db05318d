"""Who came, seat by seat, at one meeting or over those held: counted by the database, by college and organisation.

The one rule, for the page of a meeting as for that of its committee. A meeting counts for a seat that existed that
day when a line of its own says who came or did not. It counts too, as nobody having come, for a seat held that day
(by somebody or, by office, by whoever has the office) when others' presences are noted: its own line was left « non
renseigné », or it has none and every member's line is tied to somebody known. A list not typed, nothing of which is
noted, or without links says nothing: missing is not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from clu_portal.audit.kept import kept
from clu_portal.compiled import compiled
from committees.composition.enums import SeatBasis
from committees.composition.models import Committee, Mandate, Seat
from committees.composition.rules import rate_pct
from committees.meetings.enums import CAME, AttendanceStatus, Capacity, MeetingState
from committees.meetings.models import Attendance, AttendancePerson, JointCommittee, Meeting

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
    return rates_of(counts_by_seat(committee.pk))


def kept_rates(committee: Committee) -> Rates:
    """The same, computed once until the next act: a tenth of a second for sixty seats and forty meetings."""
    return rates_of(kept(f"committees.composition.rates:{committee.pk}", lambda: list(counts_by_seat(committee.pk))))


def rates_of(rows: Sequence[tuple[str | None, str | None, dict | None]]) -> Rates:
    return Rates(
        colleges=rates_by(by_college((college, counts) for college, _, counts in rows)),
        organisations=rates_by(((organisation, counts) for _, organisation, counts in rows if organisation)),
    )


@compiled
def counts_by_seat(committee: int) -> QuerySet:
    seats = Seat.objects.filter(committee=committee).annotate(counts=counts_of_the_seat(meetings_held()))
    seats = seats.order_by("college__position", "organisation__name")
    return seats.values_list("college__label", "organisation__name", "counts")


def rates_of_meeting(meeting: Meeting, names: Mapping[int, str]) -> tuple[Rate, ...]:
    """The rates of one meeting by college, whatever its state; none while nothing is known of any seat. One query.

    `names`: of the committees of a joint meeting, whose colleges may bear the same label.
    """
    order = tuple(committee.pk for committee in meeting.committees)
    counted = [row for row in counts_at(meeting.pk, order) if row[2] is not None]
    ordered = sorted(counted, key=lambda row: order.index(row[0]))
    if names:
        return rates_by((" – ".join(filter(None, [label, names[pk]])), counts) for pk, label, counts in ordered)
    return rates_by(by_college((label, counts) for _, label, counts in ordered))


@compiled
def counts_at(meeting: int, committees: tuple[int, ...]) -> QuerySet:
    this_one = of_the_seat(Meeting.objects.filter(pk=meeting))
    seats = Seat.objects.filter(committee__in=committees).annotate(counts=counts_of_the_seat(this_one))
    return seats.order_by("college__position").values_list("committee", "college__label", "counts")


def by_college(rows: Iterable[tuple[str | None, dict | None]]) -> list[tuple[str, dict | None]]:
    """What the seats without a college are called: the rest, or all of them when no seat has one."""
    rows = list(rows)
    rest = "Sans collège" if any(label for label, _ in rows) else "Ensemble des sièges"
    return [(label or rest, counts) for label, counts in rows]


def rates_by(rows: Iterable[tuple[str, dict | None]]) -> tuple[Rate, ...]:
    """Add up the counts of each label, in the order they come."""
    sums: dict[str, list[int]] = {}
    for label, counts in rows:
        total = sums.setdefault(label, [0, 0, 0])
        for place, name in enumerate(("counted", "came", "excused")):
            total[place] += (counts or {}).get(name, 0)
    return tuple(Rate(label, *total) for label, total in sums.items())


def counts_of_the_seat(meetings: QuerySet[Meeting]) -> Subquery:
    """{counted, came, excused} of each seat, over those of the meetings that count for it; null when none does."""
    counts = JSONObject(
        counted=Count("pk"),
        came=Count("pk", filter=Q(came=True)),
        excused=Count("pk", filter=Q(came=False, excused=True)),
    )
    counted = meetings_that_count(meetings).order_by()
    return Subquery(counted.values("prefecture").annotate(counts=counts).values("counts"))


def meetings_that_count(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Inside a query on seats: those of the meetings that count for each, with `came` and `excused`."""
    lines = Attendance.objects.filter(meeting=OuterRef("pk"), capacity=Capacity.MEMBER)
    noted, own = lines.exclude(status=AttendanceStatus.EXPECTED), lines.filter(line_of_the_seat())
    is_missed = Exists(noted) & Exists(seat_if_held()) & (Exists(own) | ~Exists(lines.filter(tied_to_nobody())))
    return meetings.filter(Exists(noted.filter(line_of_the_seat())) | is_missed).annotate(
        came=Exists(own.filter(status__in=CAME)),
        excused=Exists(own.filter(status=AttendanceStatus.EXCUSED)),
    )


def tied_to_nobody() -> Q:
    """A line typed as it is printed: which seat it speaks of is not known."""
    names_others = Exists(AttendancePerson.objects.filter(attendance=OuterRef("pk")))
    return Q(person=None, organisation=None, seat=None, substitute_for=None) & ~Q(names_others)


def meetings_of_the_seat() -> QuerySet[Meeting]:
    """Inside a query on seats: the meetings held that count for each, with `came` and `excused`."""
    return meetings_that_count(meetings_held())


def meetings_held() -> QuerySet[Meeting]:
    """Inside a query on seats: the meetings of the committee held while the seat existed, joint ones included."""
    jointly = JointCommittee.objects.filter(meeting=OuterRef("pk"), committee=OuterRef(OuterRef("committee")))
    held = of_the_seat(Meeting.objects.filter(state=MeetingState.HELD))
    return held.filter(Q(committee=OuterRef("committee")) | Exists(jointly))


def of_the_seat(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Inside a query on seats: those of the meetings on whose day the seat existed; none without a day."""
    first_day, last_day = Coalesce(OuterRef("starts_on"), ALWAYS), Coalesce(OuterRef("ends_on"), FOR_EVER)
    return meetings.filter(held_on__gte=first_day, held_on__lte=last_day)


def seat_if_held() -> QuerySet[Seat]:
    """Inside a query on meetings inside one on seats: the seat, unless it was vacant that day (`rules.is_vacant`)."""
    mandates = in_force(OuterRef(OuterRef("held_on"))).filter(seat=OuterRef("pk"))
    return Seat.objects.filter(Q(basis=SeatBasis.BY_OFFICE) | Exists(mandates), pk=OuterRef(OuterRef("pk")))


def line_of_the_seat() -> Q:
    """A line is of the seat it names, or that it sits for; else of who holds the seat; else of its organisation.

    A person who holds another seat of the committee sits there, and not for every seat of the same organisation. A
    line that names several persons is of the seats the others hold too.
    """
    seat, committee = OuterRef(OuterRef("pk")), OuterRef(OuterRef(OuterRef("committee")))
    that_day = in_force(OuterRef("meeting__held_on")).filter(person=OuterRef("person"))
    sits_here = Exists(that_day.filter(seat=OuterRef(seat)))
    sits_elsewhere = Exists(that_day.filter(seat__committee=committee).exclude(seat=OuterRef(seat)))
    of_organisation = Q(organisation=OuterRef(OuterRef("organisation"))) & ~Q(sits_elsewhere)
    is_named = Q(substitute_for=seat) | Q(substitute_for=None, seat=seat)
    holds_beside = in_force(OuterRef("meeting__held_on")).filter(person__shared_attendances__attendance=OuterRef("pk"))
    sits_beside = Q(Exists(holds_beside.filter(seat=OuterRef(seat))))
    return is_named | sits_beside | (Q(seat=None, substitute_for=None) & (Q(sits_here) | of_organisation))


def in_force(day: OuterRef) -> QuerySet[Mandate]:
    return Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
