"""What most people open the portal for: the last sealed minutes, and the next meeting."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from clu_portal import offers
from clu_portal.compiled import compiled
from clu_portal.tenancy import current_prefecture
from committees.composition.members import is_staff
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes

SHOWN_OF_MINUTES = ("prefecture", "sealed_at", "meeting__prefecture", "meeting__held_on", "meeting__committee__name")
SHOWN_OF_MEETING = ("prefecture", "held_on", "committee__name")


def register() -> None:
    offers.home_cards.register("committees.10.minutes", last_minutes, query_budget=2)
    offers.home_cards.register("committees.20.meeting", next_meeting)


def last_minutes(user) -> offers.HomeCard | None:
    """The sealed minutes in force of the latest meeting this person may read."""
    found = last_of_all() if is_staff(user) else last_sealed(Minutes.objects.visible_to(user))
    minutes = next(iter(found), None)
    if minutes is None:
        return None
    pdf = reverse("committees:minutes_pdf", args=[current_prefecture().slug, minutes.pk])
    return offers.HomeCard(
        heading="Dernier compte-rendu",
        text=f"Réunion {minutes.meeting.of_the_day}",
        detail=minutes.meeting.committee.name,
        links=(("Lire", minutes.get_absolute_url()), ("Télécharger le PDF", pdf)),
    )


def next_meeting(user) -> offers.HomeCard | None:
    """The first meeting to come this person may see, today's included until its session is closed."""
    today = timezone.localdate()
    found = next_of_all(today) if is_staff(user) else first_from(today, Meeting.objects.visible_to(user))
    meeting = next(iter(found), None)
    if meeting is None:
        return None
    return offers.HomeCard(
        heading="Prochaine réunion",
        text=meeting.date_text,
        detail=meeting.committee.name,
        links=(("Voir la réunion", meeting.get_absolute_url()),),
    )


def last_sealed(minutes: QuerySet) -> QuerySet:
    sealed = minutes.filter(state=MinutesState.SEALED).select_related("meeting__committee")
    return sealed.only(*SHOWN_OF_MINUTES).order_by("-meeting__held_on", "-sealed_at")[:1]


@compiled
def last_of_all() -> QuerySet:
    return last_sealed(Minutes.objects.all())


def first_from(day: date, meetings: QuerySet) -> QuerySet:
    coming = meetings.filter(held_on__gte=day, state__in=[MeetingState.PREPARED, MeetingState.CONVENED])
    coming = coming.filter(closed_at=None)
    return coming.select_related("committee").only(*SHOWN_OF_MEETING).order_by("held_on", "pk")[:1]


@compiled
def next_of_all(day: date) -> QuerySet:
    return first_from(day, Meeting.objects.all())
