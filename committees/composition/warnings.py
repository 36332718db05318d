"""What a référent is warned of: mandates that end, vacant seats, organisations that no longer come, no meeting.

Each warning is found by one query whatever the number of rows, and has a key: what makes it the same warning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from clu_portal.organisations.models import PrefectureSettings
from committees.composition.attendance import meetings_of_the_seat
from committees.composition.enums import MandateKind, SeatBasis, WarningKind
from committees.composition.models import Committee, Mandate, Seat
from committees.composition.rules import (
    MANDATE_WARNING_DAYS,
    MEETINGS_MISSED,
    ends_soon,
    long_without_meeting,
    missed_the_last_meetings,
)
from committees.composition.wording import in_words
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting


@dataclass(frozen=True)
class CompositionWarning:
    """One warning on a committee. The same `key` is the same warning: it is sent once."""

    kind: WarningKind
    committee: Committee
    key: str
    text: str


def warnings_of(committee: Committee, today: date) -> list[CompositionWarning]:
    return all_warnings(Committee.objects.filter(pk=committee.pk), today)


def all_warnings(committees: QuerySet[Committee], today: date) -> list[CompositionWarning]:
    """The warnings of the committees that have not merged yet, committee by committee. Five queries."""
    committees = committees.not_merged_on(today)
    found = [
        *mandates_ending(committees, today),
        *vacant_seats(committees, today),
        *organisations_absent(committees, today),
        *without_meeting(committees, today),
    ]
    return sorted(found, key=lambda warning: warning.committee.pk)


def mandates_ending(committees: QuerySet[Committee], today: date) -> Iterator[CompositionWarning]:
    """Unless somebody is already named to follow, or the seat ends too."""
    follow = Mandate.objects.filter(seat=OuterRef("seat"), kind=OuterRef("kind"), starts_on__gt=OuterRef("ends_on"))
    ending = Mandate.objects.in_force_on(today).filter(seat__committee__in=committees)
    ending = ending.filter(ends_on__lte=today + timedelta(days=MANDATE_WARNING_DAYS)).exclude(Exists(follow))
    ending = ending.filter(Q(seat__ends_on__isnull=True) | Q(seat__ends_on__gt=F("ends_on")))
    for mandate in ending.select_related("seat__committee", "person").order_by("ends_on", "pk"):
        if ends_soon(mandate.ends_on, today=today):
            yield CompositionWarning(
                WarningKind.MANDATE_ENDING,
                mandate.seat.committee,
                f"{WarningKind.MANDATE_ENDING}:{mandate.pk}:{mandate.ends_on}",
                f"Le mandat de {mandate} finit le {in_words(mandate.ends_on)}.",
            )


def vacant_seats(committees: QuerySet[Committee], today: date) -> Iterator[CompositionWarning]:
    full_members = Mandate.objects.filter(seat=OuterRef("pk"), kind=MandateKind.FULL_MEMBER)
    vacant = Seat.objects.in_force_on(today).filter(committee__in=committees).exclude(basis=SeatBasis.BY_OFFICE)
    vacant = vacant.exclude(Exists(full_members.in_force_on(today)))
    ended = Max("mandates__ends_on", filter=Q(mandates__kind=MandateKind.FULL_MEMBER, mandates__ends_on__lt=today))
    for seat in vacant.select_related("committee").annotate(ended_on=ended).order_by("position", "pk"):
        since = f" depuis le {in_words(seat.ended_on + timedelta(days=1))}" if seat.ended_on else ""
        yield CompositionWarning(
            WarningKind.SEAT_VACANT,
            seat.committee,
            f"{WarningKind.SEAT_VACANT}:{seat.pk}:{seat.ended_on or ''}",
            f"Siège vacant{since} : {seat}.",
        )


def organisations_absent(committees: QuerySet[Committee], today: date) -> Iterator[CompositionWarning]:
    """An organisation came when one of its seats did; only the meetings that count for a seat are looked at.

    Nobody is expected on a vacant seat: that it is vacant is a warning of its own.
    """
    last = (
        meetings_of_the_seat()
        .order_by("-held_on", "-pk")
        .values(meeting=JSONObject(pk="pk", held_on="held_on", came="came"))[:MEETINGS_MISSED]
    )
    held = Exists(Mandate.objects.in_force_on(today).filter(seat=OuterRef("pk")))
    seats = Seat.objects.in_force_on(today).filter(held | Q(basis=SeatBasis.BY_OFFICE), committee__in=committees)
    seats = seats.exclude(organisation=None)
    seats = seats.annotate(last_meetings=ArraySubquery(last)).select_related("organisation", "committee")
    by_organisation: dict[tuple, list[Seat]] = {}
    for seat in seats.order_by("position", "pk"):
        by_organisation.setdefault((seat.committee, seat.organisation), []).append(seat)
    for (committee, organisation), its_seats in by_organisation.items():
        meetings = last_meetings_of(its_seats)
        if missed_the_last_meetings([came for _, _, came in meetings]):
            yield absence(committee, organisation, meetings[:MEETINGS_MISSED])


def last_meetings_of(seats: list[Seat]) -> list[tuple[date, int, bool]]:
    """The latest meetings that count for one of the seats, the latest first, and whether somebody came."""
    came: dict[tuple[date, int], bool] = {}
    for meeting in (meeting for seat in seats for meeting in seat.last_meetings):
        which = date.fromisoformat(meeting["held_on"]), meeting["pk"]
        came[which] = came.get(which, False) or meeting["came"]
    return [(*which, came[which]) for which in sorted(came, reverse=True)]


def absence(committee: Committee, organisation, meetings: list[tuple[date, int, bool]]) -> CompositionWarning:
    days = " et ".join(in_words(held_on) for held_on, _, _ in reversed(meetings))
    return CompositionWarning(
        WarningKind.ORGANISATION_ABSENT,
        committee,
        f"{WarningKind.ORGANISATION_ABSENT}:{committee.pk}:{organisation.pk}:{meetings[0][1]}",
        f"{organisation} : personne n'est venu aux deux dernières réunions ({days}).",
    )


def without_meeting(committees: QuerySet[Committee], today: date) -> Iterator[CompositionWarning]:
    """Counted from the last meeting held, or from the day the committee was entered when there is none."""
    months = PrefectureSettings.current().months_without_meeting
    meetings = Meeting.objects.filter(Q(committee=OuterRef("pk")) | Q(joint_links__committee=OuterRef("pk"))).by_day()
    held = meetings.filter(state=MeetingState.HELD, held_on__lte=today).order_by("-held_on")
    to_come = meetings.filter(state__in=[MeetingState.PREPARED, MeetingState.CONVENED], day__gte=today).order_by("day")
    dated = committees.annotate(
        last_on=Subquery(held.values("held_on")[:1]), next_on=Subquery(to_come.values("day")[:1])
    )
    for committee in dated.order_by("pk"):
        since = committee.last_on or timezone.localdate(committee.created_at)
        if long_without_meeting(since, committee.next_on, months=months, today=today):
            yield CompositionWarning(
                WarningKind.NO_MEETING,
                committee,
                f"{WarningKind.NO_MEETING}:{committee.pk}:{since}",
                f"Aucune réunion depuis le {in_words(since)}, et aucune n'est prévue.",
            )
