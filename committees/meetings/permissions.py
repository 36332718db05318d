"""Who may see or manage meetings and what belongs to them: the only way a view obtains them."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from committees.meetings.enums import Visibility
from committees.meetings.models import AgendaItem, Attendance, Meeting, MeetingDocument

PARTS = {"agenda_item": AgendaItem, "attendance": Attendance, "document": MeetingDocument}


def get_meeting(user, pk: int) -> Meeting:
    """Return a meeting this person may see, or 404."""
    meetings = Meeting.objects.visible_to(user).select_related("committee")
    return get_object_or_404(meetings, pk=pk)


def get_meeting_to_manage(user, pk: int) -> Meeting:
    """Return a meeting this person manages: 403 when it may only be seen."""
    meeting = get_meeting(user, pk)
    if not may_manage(user):
        raise PermissionDenied
    return meeting


def get_part_to_manage(user, part: str, pk: int):
    """Return an agenda item, a line of attendance or a document of a meeting this person manages."""
    visible = PARTS[part].objects.filter(meeting__in=Meeting.objects.visible_to(user))
    if part == "document":
        visible = visible_documents(user)
    row = get_object_or_404(visible.select_related("meeting__committee"), pk=pk)
    if not may_manage(user):
        raise PermissionDenied
    return row


def get_document(user, pk: int) -> MeetingDocument:
    """Return a document of a meeting seen by this person; an internal one is 404 for a member."""
    return get_object_or_404(visible_documents(user).select_related("file__stored_content"), pk=pk)


def visible_documents(user):
    return open_to(user, MeetingDocument.objects.filter(meeting__in=Meeting.objects.visible_to(user)))


def documents_of(meeting: Meeting, user):
    """The documents of a meeting, itself seen by this person already."""
    return open_to(user, meeting.documents.all())


def open_to(user, documents):
    """An internal document is for the préfecture only."""
    if user.has_role(RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AGENT):
        return documents
    return documents.filter(visibility=Visibility.MEMBERS)


def may_manage(user) -> bool:
    return user.has_role(RoleKind.REFERENT)
