"""What an import of the composition made and that cannot be removed any more, though nothing refers to it."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from clu_portal.audit.models import AuditEntry
from clu_portal.organisations.imports.models import ImportRun
from committees.composition.models import College, Committee, Mandate, Seat
from committees.meetings.enums import MeetingState
from committees.meetings.models import Attendance, AttendancePerson, JointCommittee, Meeting

USED = "une réunion tenue s'en est servie : mettez fin au mandat"
SEAT_ENDED = "le siège a pris fin depuis"
MERGED = "une fusion du comité est inscrite depuis"


def held_rows(run: ImportRun, made: dict) -> dict[College | Seat | Mandate, list[str]]:
    """Why each row stays: a meeting used its mandate, its seat was ended, its committee merged. Six queries."""
    held = defaultdict(list)
    mandates = Mandate.objects.filter(pk__in=made[Mandate]).select_related("seat", "person")
    for mandate in mandates.filter(Exists(meetings_that_used_it())):
        held[mandate].append(USED)
    for mandate in mandates.filter(cut_short_since(run)):
        held[mandate].append(SEAT_ENDED)
    for row in rows_of_merged(run, made):
        held[row].append(MERGED)
    return held


def meetings_that_used_it() -> QuerySet[Meeting]:
    """Inside a query on mandates: the meetings of the committee held on its days, whose list speaks of it.

    A line speaks of a mandate when it names its person or its seat, or the organisation of the seat and nobody.
    """
    committee, last_day = OuterRef("seat__committee"), Coalesce(OuterRef("ends_on"), Value(date.max))
    jointly = JointCommittee.objects.filter(meeting=OuterRef("pk"), committee=OuterRef(committee))
    held = Meeting.objects.filter(state=MeetingState.HELD, held_on__range=(OuterRef("starts_on"), last_day))
    return held.filter(Q(committee=committee) | Exists(jointly), Exists(lines_that_name()))


def lines_that_name() -> QuerySet[Attendance]:
    """Inside a query on meetings inside one on mandates."""
    person, seat = OuterRef(OuterRef("person")), OuterRef(OuterRef("seat"))
    others = AttendancePerson.objects.filter(attendance=OuterRef("pk"), person=OuterRef(person))
    of_seat = Q(seat=seat) | Q(substitute_for=seat)
    of_person = Q(person=person) | Q(other_person=person) | Exists(others)
    of_body = Q(person=None, organisation=OuterRef(OuterRef("seat__organisation")))
    return Attendance.objects.filter(of_seat | of_person | of_body, meeting=OuterRef("pk"))


def cut_short_since(run: ImportRun) -> Q:
    """The mandates that end with a seat ended since: of that act, the journal names the seat alone."""
    return Q(seat__in=named_since(run, "seat_ended"), ends_on=F("seat__ends_on"))


def named_since(run: ImportRun, verb: str) -> list[int]:
    """The rows that acts of this verb are about since the import."""
    entries = AuditEntry.objects.filter(verb=verb, at__gte=run.applied_at).values_list("subject", flat=True)
    return [int(subject.rpartition(":")[2]) for subject in entries.order_by()]


def rows_of_merged(run: ImportRun, made: dict) -> list[College | Seat | Mandate]:
    """Those of a committee that has merged, or whose merger, inscribed since the import, ended them on its eve."""
    is_merged = Q(pk__in=named_since(run, "committee_merged")) | Q(merged_on__lte=timezone.localdate())
    merged = set(Committee.objects.filter(is_merged).values_list("pk", flat=True))
    mandates = Mandate.objects.filter(pk__in=made[Mandate], seat__committee__in=merged)
    parts = [row for model in (College, Seat) for row in made[model].values() if row.committee_id in merged]
    return [*parts, *mandates.select_related("seat", "person")]
