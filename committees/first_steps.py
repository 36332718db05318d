"""The committees' part of the first-day guide: from no committee to minutes begun (clu_portal/offers.py)."""

from django.urls import reverse

from clu_portal import offers
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import required_prefecture_id
from committees.composition.models import Committee, Mandate
from committees.meetings.models import Meeting
from committees.minutes.models import Minutes


def register() -> None:
    offers.first_steps.register("50.committee", committee_step, query_budget=2)
    offers.first_steps.register("60.members", members_step, query_budget=3)
    offers.first_steps.register("70.meeting", meeting_step, query_budget=2)
    offers.first_steps.register("80.minutes", minutes_step, query_budget=3)


def address(page: str, *args) -> str:
    slug = Prefecture.objects.values_list("slug", flat=True).get(pk=required_prefecture_id())
    return reverse(f"committees:{page}", args=[slug, *args])


def committee_step(user) -> tuple[str, str, bool]:
    return "Créer le comité", address("committee_create"), Committee.objects.exists()


def members_step(user) -> tuple[str, str, bool]:
    """Seats are added on the page of the committee; there is none to lead to before it exists."""
    committee_pk = Committee.objects.values_list("pk", flat=True).first()
    page = address("committee_detail", committee_pk) if committee_pk else address("committee_list")
    return "Ajouter les sièges et nommer les membres", page, Mandate.objects.exists()


def meeting_step(user) -> tuple[str, str, bool]:
    return "Créer la première réunion", address("meeting_create"), Meeting.objects.exists()


def minutes_step(user) -> tuple[str, str, bool]:
    meeting_pk = Meeting.objects.values_list("pk", flat=True).first()
    page = address("meeting_detail", meeting_pk) if meeting_pk else address("meeting_list")
    return "Commencer le compte-rendu d'une réunion tenue", page, Minutes.objects.exists()
