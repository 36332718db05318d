"""Who may see or manage meetings and what belongs to them: the only way a view obtains them."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from clu_portal.accounts.enums import RoleKind
from clu_portal.compiled import compiled, first_or_404
from committees.composition.members import is_staff
from committees.composition.models import Committee
from committees.meetings.announced import is_announced
from committees.meetings.enums import MeetingState, Visibility
from committees.meetings.models import AgendaItem, Attendance, CommitteeRules, Meeting, MeetingDocument, Vote
from committees.meetings.models.meeting import meeting_rows

# What a page shows of a document; its content is not read.
SHOWN_OF_DOCUMENT = ("meeting", "title", "kind", "visibility", "file__name", "file__size")
PARTS = {"agenda_item": AgendaItem, "attendance": Attendance, "document": MeetingDocument, "vote": Vote}


def get_meeting(user, pk: int) -> Meeting:
    """Return a meeting this person may see, or 404."""
    seen = meeting_rows(pk) if is_staff(user) else Meeting.objects.visible_to(user).with_committees().filter(pk=pk)
    return first_or_404(seen)


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


def get_rules_to_manage(user, pk: int) -> CommitteeRules:
    """Return the rules of a committee this person manages, not saved while everything is off."""
    committee = get_object_or_404(Committee.objects.visible_to(user), pk=pk)
    if not may_manage(user):
        raise PermissionDenied
    return CommitteeRules.objects.filter(committee=committee).first() or CommitteeRules(committee=committee)


def get_public_document(uuid) -> MeetingDocument:
    """Return a document open to everybody, of a meeting announced or held, cancelled since or not; or 404."""
    meetings = Meeting.objects.exclude(state=MeetingState.PREPARED)
    documents = MeetingDocument.objects.filter(visibility=Visibility.PUBLIC, meeting__in=meetings)
    document = get_object_or_404(documents.select_related("meeting", "file__stored_content"), uuid=uuid)
    if not is_announced(document.meeting):
        raise Http404
    return document


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
    return documents if is_staff(user) else documents.exclude(visibility=Visibility.INTERNAL)


def require_staff(user) -> None:
    if not is_staff(user):
        raise PermissionDenied


def may_manage(user) -> bool:
    return user.has_role(RoleKind.REFERENT)


def documents_shown(meeting: Meeting, user) -> Iterable[MeetingDocument]:
    if is_staff(user):
        return every_document(meeting.pk)
    return with_file(documents_of(meeting, user))


@compiled
def every_document(meeting: int) -> QuerySet:
    return with_file(MeetingDocument.objects.filter(meeting=meeting))


def with_file(documents: QuerySet) -> QuerySet:
    return documents.select_related("file").only(*SHOWN_OF_DOCUMENT)
