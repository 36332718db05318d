"""What changes the life of minutes: begun, submitted, returned, approved, sealed, corrected."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.action_plan.models import Action
from clu_portal.audit.acts import act
from clu_portal.files.models import SealedFingerprint, StoredFile
from clu_portal.files.rendering import is_dead, latest_rendering, request_rendering
from clu_portal.organisations.models import DocumentLayout
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.minutes.annexes import check_annexes
from committees.minutes.enums import MinutesState
from committees.minutes.facts import facts_of_today, printed_facts
from committees.minutes.indexing import index_section
from committees.minutes.layout import layout_text, printed_layout, proposed
from committees.minutes.models import PRINTED_AROUND, Approval, Minutes, OrderRevision, Section, SectionRevision
from committees.minutes.permissions import may_approve
from committees.minutes.previewed import forget_preview
from committees.minutes.text import contents, frozen_hash
from committees.minutes.tree.blank import new_minutes
from committees.minutes.tree.nodes import attribute
from committees.minutes.tree.remaining import Point, remaining
from committees.minutes.tree.said import nodes_in

APPROVAL_PDF = "minutes_pdf"
SEAL = "minutes_seal"
DRAFT_PDF = "minutes_draft_pdf"


@act("minutes_begun")
def begin_minutes(*, meeting: Meeting, by) -> Minutes:
    """Begin the minutes of a meeting, from its agenda. Raises ValidationError (not_held, already_open, sealed)."""
    require_role(by, RoleKind.REFERENT)
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if meeting.state != MeetingState.HELD:
        raise ValidationError("Le compte-rendu s'écrit une fois la réunion tenue.", code="not_held")
    if meeting.minutes.open().exists():
        raise ValidationError("Un compte-rendu de cette réunion est déjà en cours.", code="already_open")
    if meeting.minutes.sealed().exists():
        raise ValidationError("Cette réunion a un compte-rendu scellé : corrigez-le plutôt.", code="sealed")
    layout = DocumentLayout.current()
    minutes = Minutes.objects.create(meeting=meeting, place=meeting.prefecture.city, **proposed(layout, meeting))
    minutes.facts = facts_of_today(minutes)
    minutes.save(update_fields=["facts"])
    rules = [name for name in ("quorum", "votes") if minutes.facts[name]]
    write_first_text(minutes, new_minutes(minutes.facts["agenda"], layout.signature_lines, rules), by)
    return minutes


def write_first_text(minutes: Minutes, tree: list[dict], by) -> None:
    """Write the sections a version begins with, and their order, all at one moment."""
    now = timezone.now()
    for content in tree:
        section = Section.objects.create(minutes=minutes, uuid=content["attrs"]["id"], content=content, updated_by=by)
        SectionRevision.objects.create(section=section, version=1, content=content, author=by, at=now)
        index_section(minutes, section.uuid, content)
    minutes.section_order = [content["attrs"]["id"] for content in tree]
    minutes.save(update_fields=["section_order"])
    OrderRevision.objects.create(minutes=minutes, version=1, ids=minutes.section_order, author=by, at=now)


@act("minutes_updated")
def update_minutes(*, minutes: Minutes, by, **printed) -> Minutes:
    """Change what is printed around the text (PRINTED_AROUND). Raises ValidationError (not_drafting, frozen)."""
    require_role(by, RoleKind.REFERENT)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.DRAFTING, "Ce compte-rendu n'est plus en rédaction.", "not_drafting")
    if minutes.is_frozen:
        raise ValidationError("Ce texte est figé : rouvrez-le pour le modifier.", code="frozen")
    for name, value in printed.items():
        setattr(minutes, name, value)
    minutes.full_clean()
    minutes.save()
    return minutes


def lock(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(no_key=True).select_related("meeting").get(pk=minutes.pk)


@act("minutes_submitted")
def submit_minutes(*, minutes: Minutes, by) -> Minutes:
    """Freeze the text and ask for the pages to be approved.

    Raises ValidationError (not_drafting, empty, false, and those of its annexes).
    """
    require_role(by, RoleKind.REFERENT)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.DRAFTING, "Ce compte-rendu n'est plus en rédaction.", "not_drafting")
    sections = contents(minutes)
    if not sections:
        raise ValidationError("Ce compte-rendu est vide : écrivez-le avant de le soumettre.", code="empty")
    minutes.facts = printed_facts(minutes)
    refuse_false(remaining(sections, minutes.facts, plan=actions_in_plan(sections)))
    check_annexes(minutes)
    minutes.layout = printed_layout(minutes)
    minutes.text_hash = frozen_hash(minutes, minutes.facts)
    minutes.clear_freeze()
    minutes.state = MinutesState.IN_REVIEW
    minutes.submitted_at = timezone.now()
    minutes.return_reason = ""
    minutes.save()
    forget_preview(minutes)
    request_rendering(kind=APPROVAL_PDF, subject=minutes, input_hash=approval_hash(minutes), by=by)
    return minutes


def actions_in_plan(sections: list[dict]) -> set[str]:
    """The ids of the actions cited that the plan still holds."""
    cited = [attribute(node, "id") for section in sections for node in nodes_in(section, "action")]
    return {str(uuid) for (uuid,) in Action.objects.filter(uuid__in=cited).values_list("uuid")} if cited else set()


def refuse_false(points: list[Point]) -> None:
    """What is left to look at stops nothing, but for what would make the document say what is not."""
    false = [point.text for point in points if point.is_false]
    if false:
        raise ValidationError(f"Ce compte-rendu dirait ce qui n'est pas. {' '.join(false)}", code="false")


def approval_hash(minutes: Minutes) -> str:
    """What the approved pages depend on: what is printed, and the moment it was frozen."""
    frozen_at = minutes.submitted_at.isoformat() if minutes.submitted_at else ""
    return printed_hash(minutes, minutes.text_hash, frozen_at)


def draft_hash(minutes: Minutes) -> str:
    """What the draft depends on: the text of the moment and all that is printed around it."""
    given_up = [minutes.state] if minutes.is_abandoned else []  # its pages say so
    return printed_hash(minutes, frozen_hash(minutes, printed_facts(minutes)), *given_up)


def printed_hash(minutes: Minutes, *parts: str) -> str:
    printed = {name: str(getattr(minutes, name) or "") for name in PRINTED_AROUND}
    if not minutes.correction_reason:  # a first version has none: its hash is that of the portals before corrections
        del printed["correction_reason"]
    if minutes.layout is None and not minutes.is_drafting:  # frozen by a portal that froze no layout yet
        del printed["title_form"]
        around = [*printed.values(), DocumentLayout.objects.values_list("letterhead", flat=True).first() or ""]
    else:
        around = [*printed.values(), layout_text(printed_layout(minutes))]
    return hashlib.sha256(json.dumps([*parts, *around]).encode()).hexdigest()


@act("minutes_returned")
def return_minutes(*, minutes: Minutes, reason: str, by) -> Minutes:
    """Give the text back to its author, with a reason. Raises ValidationError (not_in_review, already_approved)."""
    require_role(by, RoleKind.SECRETARY_GENERAL, RoleKind.REFERENT)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.IN_REVIEW, "Ce compte-rendu n'est pas en relecture.", "not_in_review")
    refuse_if_approved(minutes)
    minutes.state = MinutesState.DRAFTING
    minutes.layout = minutes.submitted_at = None
    minutes.text_hash = ""
    minutes.return_reason = reason
    minutes.save()
    return minutes


@act("minutes_approved")
def approve_minutes(*, minutes: Minutes, file: StoredFile, shown_sha256: str, by) -> Minutes:
    """Approve the very bytes that were shown, those of the text now submitted, and ask for the seal.

    Raises ValidationError (not_in_review, already_approved, other_file), PermissionDenied.
    """
    require_role(by, RoleKind.SECRETARY_GENERAL)
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.IN_REVIEW, "Ce compte-rendu n'est pas en relecture.", "not_in_review")
    if minutes.current_approval():
        raise ValidationError("Ce compte-rendu est déjà approuvé.", code="already_approved")
    is_shown = shown_sha256 == file.sha256 == hashlib.sha256(file.content).hexdigest()
    if not is_shown or file != pages_to_approve(minutes):
        raise ValidationError("Le document a changé depuis qu'il vous a été montré : relisez-le.", code="other_file")
    Approval.objects.create(
        minutes=minutes, file=file, sha256=file.sha256, approved_by=by, title=title_of(by, minutes.prefecture_id)
    )
    keep_fingerprint(minutes, file, SealedFingerprint.Kind.APPROVED)
    request_rendering(kind=SEAL, subject=minutes, input_hash=file.sha256, by=by)
    return minutes


def pages_to_approve(minutes: Minutes) -> StoredFile | None:
    """The pages made of the text now submitted, once they are made: nothing else can be approved."""
    rendering = latest_rendering(APPROVAL_PDF, minutes)
    is_current = rendering is not None and rendering.input_hash == approval_hash(minutes)
    return rendering.file if is_current else None


def title_of(user, prefecture_id: int) -> str:
    role = user.roles.in_force_on(timezone.localdate()).filter(
        prefecture_id=prefecture_id, kind=RoleKind.SECRETARY_GENERAL
    )
    return role.values_list("title", flat=True).first() or ""


@act("minutes_sealed")
def seal_minutes(*, minutes: Minutes, sealed_file: StoredFile, by) -> Minutes:
    """Record the sealed file as the document of record, and close the version it replaces.

    Raises ValidationError (not_in_review, not_approved) and PermissionDenied when the approver lost the right (T10).
    """
    minutes = lock(minutes)
    refuse_unless(minutes, MinutesState.IN_REVIEW, "Ce compte-rendu n'est pas en relecture.", "not_in_review")
    approval_to_seal(minutes)
    now = timezone.now()
    Minutes.objects.filter(meeting=minutes.meeting, state=MinutesState.SEALED).update(
        state=MinutesState.REPLACED, replaced_at=now
    )
    minutes.state = MinutesState.SEALED
    minutes.sealed_at = now
    minutes.sealed_file = sealed_file
    minutes.save()
    keep_fingerprint(minutes, sealed_file, SealedFingerprint.Kind.SEALED)
    return minutes


def approval_to_seal(minutes: Minutes) -> Approval:
    """The approval behind a seal, its author's right checked again at execution. Raises ValidationError."""
    approval = minutes.current_approval()
    if approval is None:
        raise ValidationError("Ce compte-rendu n'est pas approuvé.", code="not_approved")
    approver = approval.approved_by
    if approver is None or not (approver.is_active and may_approve(approver)):
        raise ValidationError(
            "La personne qui a approuvé ce compte-rendu n'en a plus le droit : renvoyez-le en rédaction, "
            "puis soumettez-le de nouveau.",
            code="right_withdrawn",
        )
    return approval


def keep_fingerprint(minutes: Minutes, file: StoredFile, kind: str) -> None:
    SealedFingerprint.objects.get_or_create(
        sha256=file.sha256,
        document=f"minutes:{minutes.pk}",
        defaults={"size": file.size, "kind": kind, "prefecture_id": minutes.prefecture_id},
    )


def refuse_unless(minutes: Minutes, state: str, message: str, code: str) -> None:
    if minutes.state != state:
        raise ValidationError(message, code=code)


def refuse_if_approved(minutes: Minutes) -> None:
    """An approved text is on its way to its seal; only a seal that failed lets it go back."""
    if minutes.current_approval() and not is_dead(SEAL, minutes):
        raise ValidationError("Ce compte-rendu est approuvé : son scellement est en cours.", code="already_approved")
