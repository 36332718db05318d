"""What changes a meeting: saved, held, convened, cancelled, postponed; its agenda, its attendance, its documents."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.files.storage import store_upload
from committees.meetings.enums import MeetingState
from committees.meetings.models import AgendaItem, Attendance, Meeting, MeetingDocument
from committees.meetings.rules import may_be_held, may_become


@act("meeting_saved")
def save_meeting(*, meeting: Meeting, by) -> Meeting:
    """Raises ValidationError (sealed): who reads sealed minutes, and their date, no longer move."""
    require_role(by, RoleKind.REFERENT)
    if meeting.pk:
        former = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        meeting.state, meeting.state_reason = former.state, former.state_reason
        is_moved = (former.committee_id, former.held_on) != (meeting.committee_id, meeting.held_on)
        if is_moved and former.minutes.exclude(sealed_at=None).exists():
            raise ValidationError(
                "Le compte-rendu est scellé : le comité et la date de la réunion ne changent plus.", code="sealed"
            )
    meeting.full_clean()
    meeting.save()
    return meeting


@act("meeting_convened")
def record_convocation(*, meeting: Meeting, by) -> Meeting:
    """Record that the convocation left outside the portal."""
    return change_state(meeting, MeetingState.CONVENED, by)


@act("meeting_held")
def hold_meeting(*, meeting: Meeting, by) -> Meeting:
    """Raises ValidationError (not_yet, refused_transition)."""
    if not may_be_held(meeting.held_on, today=timezone.localdate()):
        raise ValidationError("Cette réunion n'a pas encore eu lieu : corrigez d'abord sa date.", code="not_yet")
    return change_state(meeting, MeetingState.HELD, by)


@act("meeting_cancelled")
def cancel_meeting(*, meeting: Meeting, reason: str, by) -> Meeting:
    return change_state(meeting, MeetingState.CANCELLED, by, reason)


@act("meeting_postponed")
def postpone_meeting(*, meeting: Meeting, reason: str, by) -> Meeting:
    return change_state(meeting, MeetingState.POSTPONED, by, reason)


def change_state(meeting: Meeting, state: str, by, reason: str = "") -> Meeting:
    """Pass to another state. Raises ValidationError (refused_transition) when the meeting's life does not allow it."""
    require_role(by, RoleKind.REFERENT)
    meeting = Meeting.objects.select_for_update(of=["self"]).select_related("prefecture").get(pk=meeting.pk)
    if not may_become(meeting.state, state):
        raise ValidationError(
            f"Une réunion {meeting.get_state_display()} ne peut pas devenir {MeetingState(state).label}.",
            code="refused_transition",
        )
    meeting.state = state
    meeting.state_reason = reason
    meeting.save(update_fields=["state", "state_reason"])
    return meeting


@act("agenda_item_saved")
def save_agenda_item(*, item: AgendaItem, by) -> AgendaItem:
    return save_part(item, by)


@act("attendance_saved")
def save_attendance(*, attendance: Attendance, by) -> Attendance:
    return save_part(attendance, by)


@act("attendance_recorded")
def record_attendance(*, meeting: Meeting, lines: list[str], by, **common) -> Meeting:
    """Add one line of attendance per printed line, with the same heading, status and capacity."""
    for line in lines:
        save_part(Attendance(meeting=meeting, printed_line=line, **common), by)
    return meeting


@act("document_added")
def add_document(*, meeting: Meeting, title: str, kind: str, visibility: str, upload, by) -> MeetingDocument:
    """Keep a document of the meeting. Raises ValidationError when the file is refused."""
    require_role(by, RoleKind.REFERENT)
    file = store_upload(name=upload.name, content=upload.read(), by=by)
    return save_part(MeetingDocument(meeting=meeting, title=title, kind=kind, visibility=visibility, file=file), by)


def save_part(part: models.Model, by) -> models.Model:
    require_role(by, RoleKind.REFERENT)
    if part.pk is None:
        last = type(part).objects.filter(meeting=part.meeting).aggregate(last=models.Max("position"))["last"]
        part.position = (last or 0) + 1
    part.full_clean()
    part.save()
    return part


@act("meeting_part_moved")
def move_part(*, part: models.Model, up: bool, by) -> Meeting:
    """Swap an agenda item, a line of attendance or a document with its neighbour; at the end, nothing moves."""
    require_role(by, RoleKind.REFERENT)
    siblings = list(type(part).objects.select_for_update().filter(meeting=part.meeting))
    place = next((index for index, sibling in enumerate(siblings) if sibling.pk == part.pk), None)
    if place is None:
        raise ValidationError("Cette ligne vient d'être retirée.", code="already_removed")
    neighbour = place - 1 if up else place + 1
    if 0 <= neighbour < len(siblings):
        siblings[place], siblings[neighbour] = siblings[neighbour], siblings[place]
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    type(part).objects.bulk_update(siblings, ["position"])
    return part.meeting


@act("meeting_part_removed")
def remove_part(*, part: models.Model, by) -> Meeting:
    require_role(by, RoleKind.REFERENT)
    part.delete()
    return part.meeting
