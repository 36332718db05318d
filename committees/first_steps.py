"""The committees' part of the first-day guide: from no committee to minutes begun (clu_portal/offers.py)."""

from django.db.models import Exists
from django.urls import reverse

from clu_portal import offers
from clu_portal.tenancy import current_prefecture
from committees.composition.models import Committee, Mandate
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def register() -> None:
    offers.first_steps.register("50.committee", committee_step, query_budget=0)
    offers.first_steps.register("60.members", members_step, query_budget=0)
    offers.first_steps.register("70.meeting", meeting_step, query_budget=0)
    offers.first_steps.register("80.minutes", minutes_step, query_budget=0)


def address(page: str, *args) -> str:
    return reverse(f"committees:{page}", args=[current_prefecture().slug, *args])


def committee_step(user) -> offers.FirstStep:
    return offers.FirstStep("Créer le comité", lambda: address("committee_create"), Exists(Committee.objects.all()))


def members_step(user) -> offers.FirstStep:
    done = Exists(Mandate.objects.all())
    return offers.FirstStep("Ajouter les sièges et nommer les membres", members_page, done)


def members_page() -> str:
    """Seats are added on the page of the committee; there is none to lead to before it exists."""
    committee_pk = Committee.objects.values_list("pk", flat=True).first()
    return address("committee_detail", committee_pk) if committee_pk else address("committee_list")


def meeting_step(user) -> offers.FirstStep:
    done = Exists(Meeting.objects.all())
    return offers.FirstStep("Créer la première réunion", lambda: address("meeting_create"), done)


def minutes_step(user) -> offers.FirstStep:
    done = Exists(Minutes.objects.all())
    return offers.FirstStep("Commencer le compte-rendu d'une réunion tenue", minutes_page, done)


def minutes_page() -> str:
    meeting_pk = Meeting.objects.values_list("pk", flat=True).first()
    return address("meeting_detail", meeting_pk) if meeting_pk else address("meeting_list")
