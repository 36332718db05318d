from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import require_role
from clu_portal.audit.acts import act
from clu_portal.files.storage import store_file
from committees.meetings.acts.parts import save_part
from committees.meetings.models import Meeting, MeetingDocument

LARGEST_DOCUMENT = 60 * 1024 * 1024  # bytes: a deck of slides


@act("document_added")
def add_document(*, meeting: Meeting, title: str, kind: str, visibility: str, upload, by) -> MeetingDocument:
    """Keep a document of the meeting. Raises ValidationError when the file is refused."""
    require_role(by, RoleKind.REFERENT)
    file = store_file(upload, by=by, largest=LARGEST_DOCUMENT)
    return save_part(MeetingDocument(meeting=meeting, title=title, kind=kind, visibility=visibility, file=file), by)


@act("document_saved")
def save_document(*, document: MeetingDocument, by) -> MeetingDocument:
    """Save the title, the kind and the visibility of a document; its file stays."""
    return save_part(document, by)
