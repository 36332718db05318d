"""What the committees offer to the rest of the portal (clu_portal/offers.py)."""

from collections.abc import Collection

from django.utils import timezone

from clu_portal import offers
from committees import demonstration, first_steps
from committees.composition.models import Committee, Mandate
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.minutes import renderers
from committees.minutes.acts import APPROVAL_PDF, DRAFT_PDF, SEAL
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes

LINES_SHOWN = 10


def register() -> None:
    offers.references.register("minutes", minutes_references)
    offers.references.register("meeting", meeting_references)
    offers.references.register("committee", committee_references)
    offers.renderers.register(APPROVAL_PDF, renderers.ApprovalPdf())
    offers.renderers.register(SEAL, renderers.SealedPdf())
    offers.renderers.register(DRAFT_PDF, renderers.DraftPdf())
    offers.waiting_items.register("committees.minutes", minutes_waiting)
    offers.waiting_items.register("committees.meetings", meetings_waiting)
    offers.demonstrations.register("committees", demonstration.load)
    offers.member_checks.register("committees.mandates", persons_with_a_mandate)
    first_steps.register()


def minutes_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Minutes.objects.visible_to(user).select_related("meeting__committee").filter(pk__in=pks)
    return {minutes.pk: offers.Reference(str(minutes), minutes.get_absolute_url()) for minutes in found}


def meeting_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Meeting.objects.visible_to(user).select_related("committee").filter(pk__in=pks)
    return {meeting.pk: offers.Reference(str(meeting), meeting.get_absolute_url()) for meeting in found}


def committee_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Committee.objects.visible_to(user).filter(pk__in=pks)
    return {committee.pk: offers.Reference(str(committee), committee.get_absolute_url()) for committee in found}


def minutes_waiting(user) -> list[offers.WaitingItem]:
    """Minutes to write, to approve or to read, the latest first."""
    visible = Minutes.objects.visible_to(user).select_related("meeting__committee")
    return [minutes_item(user, minutes) for minutes in visible.exclude(state=MinutesState.REPLACED)[:LINES_SHOWN]]


def minutes_item(user, minutes: Minutes) -> offers.WaitingItem:
    labels = {
        MinutesState.DRAFTING: "À rédiger",
        MinutesState.IN_REVIEW: "À lire et à approuver" if user.has_role("secretary_general") else "En relecture",
        MinutesState.SEALED: "À lire",
    }
    label = f"{labels[minutes.state]} : compte-rendu du {minutes.meeting.date_text}"
    urgent = minutes.state == MinutesState.IN_REVIEW and user.has_role("secretary_general")
    return offers.WaitingItem(label, minutes.get_absolute_url(), minutes.meeting.committee.name, urgent)


def meetings_waiting(user) -> list[offers.WaitingItem]:
    """Meetings to come, and past ones still to be noted as held."""
    meetings = Meeting.objects.visible_to(user).select_related("committee")
    waiting = meetings.filter(state__in=[MeetingState.PREPARED, MeetingState.CONVENED]).order_by("held_on", "pk")
    return [meeting_item(meeting) for meeting in waiting[:LINES_SHOWN]]


def meeting_item(meeting: Meeting) -> offers.WaitingItem:
    is_past = meeting.held_on is not None and meeting.held_on < timezone.localdate()
    label = f"{'Réunion passée, à noter comme tenue' if is_past else 'Réunion à venir'} : {meeting.date_text}"
    return offers.WaitingItem(label, meeting.get_absolute_url(), meeting.committee.name, is_past)


def persons_with_a_mandate(person_ids: Collection[int]) -> set[int]:
    """Among these persons, those who hold a mandate today: they may sign in as members."""
    in_force = Mandate.objects.in_force_on(timezone.localdate()).filter(person_id__in=person_ids)
    return set(in_force.values_list("person_id", flat=True))
