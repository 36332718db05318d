"""What the committees offer to the rest of the portal (clu_portal/offers.py)."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clu_portal import offers
from clu_portal.addresses import address_of
from clu_portal.compiled import compiled
from clu_portal.organisations.models import DocumentLayout
from clu_portal.organisations.permissions import READERS
from clu_portal.organisations.persons import person_of
from clu_portal.tenancy import current_prefecture
from committees import demonstration, first_steps, home
from committees.composition.acts import hand_mandate_over
from committees.composition.models import Committee, CompositionAct, Mandate
from committees.composition.permissions import open_to
from committees.composition.renderers import DRAFTS, DraftPdf
from committees.composition.sheet import COMPOSITION_SHEET
from committees.composition.trash import COMMITTEES_IN_TRASH
from committees.composition.types import give_standard_types
from committees.composition.waiting import composition_waiting
from committees.distribution.models import Distribution, Reading
from committees.layout.renderers import LayoutPdf
from committees.layout.sample import LAYOUT_PDF
from committees.meetings.enums import MeetingState
from committees.meetings.merging import name_once, write_lines_again
from committees.meetings.models import Meeting
from committees.meetings.permissions import may_manage
from committees.meetings.trash import MEETINGS_IN_TRASH
from committees.minutes import renderers
from committees.minutes.acts import APPROVAL_PDF, DRAFT_PDF, SEAL
from committees.minutes.enums import MinutesState
from committees.minutes.models import Approval, Minutes
from committees.minutes.permissions import may_approve, may_write
from committees.papers.renderers import PAPERS, PaperPdf

LINES_SHOWN = 10
# What a line of the home page says; the rest, the frozen facts of minutes among it, is not read.
SHOWN_OF_MEETING = ("prefecture", "held_on", "opened_at", "closed_at", "committee__name")
SHOWN_OF_MINUTES = ("prefecture", "state", "meeting__prefecture", "meeting__held_on", "meeting__committee__name")


def register() -> None:
    offers.references.register("minutes", minutes_references)
    offers.references.register("meeting", meeting_references)
    offers.references.register("committee", committee_references)
    offers.renderers.register(APPROVAL_PDF, renderers.ApprovalPdf())
    offers.renderers.register(SEAL, renderers.SealedPdf())
    offers.renderers.register(DRAFT_PDF, renderers.DraftPdf())
    for draft in DRAFTS.values():
        offers.renderers.register(draft.kind, DraftPdf(draft))
    for paper in PAPERS.values():
        offers.renderers.register(paper.kind, PaperPdf(paper))
    offers.renderers.register(LAYOUT_PDF, LayoutPdf())
    offers.references.register("documentlayout", layout_references)
    offers.references.register("compositionact", composition_act_references)
    offers.trash_kinds.register("committee", COMMITTEES_IN_TRASH)
    offers.trash_kinds.register("meeting", MEETINGS_IN_TRASH)
    offers.sheets.register(COMPOSITION_SHEET.kind, COMPOSITION_SHEET)
    offers.new_prefectures.register("committees.types", give_standard_types)
    offers.waiting_items.register("committees.composition", composition_waiting, query_budget=7)
    offers.waiting_items.register("committees.minutes", minutes_waiting)
    offers.waiting_items.register("committees.meetings", meetings_waiting)
    offers.demonstrations.register("committees", demonstration.load)
    offers.member_checks.register("committees.mandates", persons_with_a_mandate)
    offers.handovers.register("committees.mandates", MANDATES)
    offers.mergers.register("committees.attendances", name_once)
    offers.merged.register("committees.attendances", write_lines_again)
    first_steps.register()
    home.register()


def minutes_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Minutes.objects.visible_to(user).select_related("meeting__committee").filter(pk__in=pks)
    return {minutes.pk: offers.Reference(str(minutes), minutes.get_absolute_url()) for minutes in found}


def meeting_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Meeting.objects.visible_to(user).select_related("committee").filter(pk__in=pks)
    return {meeting.pk: offers.Reference(str(meeting), meeting.get_absolute_url()) for meeting in found}


def committee_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    found = Committee.objects.visible_to(user).filter(pk__in=pks)
    return {committee.pk: offers.Reference(str(committee), committee.get_absolute_url()) for committee in found}


def layout_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    if not user.has_role(*READERS):
        return {}
    address = address_of("committees:layout_edit", current_prefecture().slug)
    found = DocumentLayout.objects.filter(pk__in=pks)
    return {layout.pk: offers.Reference(str(layout), address) for layout in found}


def composition_act_references(user, pks: Collection[int]) -> dict[int, offers.Reference]:
    visible = CompositionAct.objects.filter(committee__in=Committee.objects.visible_to(user), pk__in=pks)
    return {act.pk: offers.Reference(str(act), act.get_absolute_url()) for act in open_to(user, visible)}


def minutes_waiting(user) -> list[offers.WaitingItem]:
    """Minutes to write, to approve, to distribute, and sealed ones not opened yet by this person, the latest first."""
    if may_write(user):
        waiting = minutes_to_finish()
    else:
        waiting = unfinished(Minutes.objects.visible_to(user), Reading.objects.filter(user=user))
    return [minutes_item(user, minutes) for minutes in waiting]


@compiled
def minutes_to_finish() -> QuerySet:
    return unfinished(Minutes.objects.all(), Distribution.objects.all())


def unfinished(minutes: QuerySet, done: QuerySet) -> QuerySet:
    """Those in force or under way, without the sealed ones that something was `done` of."""
    waiting = minutes.exclude(state__in=[MinutesState.REPLACED, MinutesState.ABANDONED])
    waiting = waiting.exclude(state=MinutesState.SEALED, pk__in=done.values("minutes"))
    waiting = waiting.annotate(approved=is_approved()).select_related("meeting__committee").only(*SHOWN_OF_MINUTES)
    return waiting[:LINES_SHOWN]


def is_approved() -> Exists:
    """Whether the text now submitted has its approval: one made before it was returned no longer counts."""
    return Exists(Approval.objects.filter(minutes=OuterRef("pk"), at__gte=OuterRef("submitted_at")))


def minutes_item(user, minutes: Minutes) -> offers.WaitingItem:
    to_approve = minutes.state == MinutesState.IN_REVIEW and not minutes.approved and may_approve(user)
    label = f"{minutes_label(user, minutes, to_approve)} : compte-rendu de la réunion {minutes.meeting.of_the_day}"
    is_urgent = to_approve or (minutes.state == MinutesState.SEALED and may_write(user))
    return offers.WaitingItem(label, minutes.get_absolute_url(), minutes.meeting.committee.name, is_urgent)


def minutes_label(user, minutes: Minutes, to_approve: bool) -> str:
    if to_approve:
        return "À lire et à approuver"
    if minutes.state == MinutesState.SEALED:
        return "À diffuser" if may_write(user) else "À lire"
    if minutes.state == MinutesState.DRAFTING:
        return "À rédiger" if may_write(user) else "En rédaction"
    return "Approuvé, scellement en cours" if minutes.approved else "En relecture"


def meetings_waiting(user) -> list[offers.WaitingItem]:
    """Meetings to come; and, for whoever manages them, past ones still to be noted as held."""
    today = timezone.localdate()
    if may_manage(user):
        waiting = meetings_to_hold()
    else:
        waiting = to_hold(Meeting.objects.visible_to(user).exclude(held_on__lt=today))
    return [meeting_item(meeting, today) for meeting in waiting]


@compiled
def meetings_to_hold() -> QuerySet:
    return to_hold(Meeting.objects.all())


def to_hold(meetings: QuerySet) -> QuerySet:
    waiting = meetings.filter(state__in=[MeetingState.PREPARED, MeetingState.CONVENED])
    waiting = waiting.select_related("committee").only(*SHOWN_OF_MEETING).order_by("held_on", "pk")
    return waiting[:LINES_SHOWN]


def meeting_item(meeting: Meeting, today: date) -> offers.WaitingItem:
    is_past = meeting.held_on is not None and meeting.held_on < today
    said = "Réunion passée, à noter comme tenue" if is_past else "Réunion à venir"
    if meeting.opened_at:
        said = "Séance close, à noter comme tenue" if meeting.closed_at else "Séance ouverte"
    is_urgent = is_past or meeting.closed_at is not None
    return offers.WaitingItem(
        f"{said} : {meeting.date_text}", meeting.get_absolute_url(), meeting.committee.name, is_urgent
    )


def persons_with_a_mandate(person_ids: Collection[int]) -> set[int]:
    """Among these persons, those who hold a mandate today, or held one that leaves them sealed minutes to read."""
    held = Meeting.objects.filter(held_on__range=(OuterRef("starts_on"), OuterRef("ends_on")))
    held = held.filter(minutes__in=Minutes.objects.sealed())
    alone, jointly = Q(committee=OuterRef("seat__committee")), Q(joint_links__committee=OuterRef("seat__committee"))
    left = held.filter(alone | jointly)
    mandates = Mandate.objects.filter(person_id__in=person_ids)
    may_come_in = mandates.in_force_on(timezone.localdate()) | mandates.filter(Exists(left))
    return set(may_come_in.values_list("person_id", flat=True))


def mandates_left(user):
    """The mandates that the person behind an account would still hold tomorrow, or later."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    mandates = Mandate.objects.not_over_on(tomorrow).filter(person__user=user)
    return mandates.select_related("seat__committee", "person").order_by("seat__committee__name", "pk")


def seats_held(user) -> list[offers.HeldItem]:
    return [
        offers.HeldItem(
            f"{mandate.seat}, {mandate.get_kind_display()} – {mandate.seat.committee}",
            mandate.seat.committee.get_absolute_url(),
        )
        for mandate in mandates_left(user)
    ]


def hand_seats_over(*, leaving, successor, by) -> None:
    for mandate in mandates_left(leaving):
        hand_mandate_over(mandate=mandate, successor=person_of(successor), last_day=timezone.localdate(), by=by)


MANDATES = offers.Handover("Sièges aux comités, transmis à partir de demain", seats_held, hand_seats_over)
