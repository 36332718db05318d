"""Minutes are written as a draft, then take the state they had: the database freezes the text of what is not one."""

from clu_portal.files.models import SealedFingerprint
from clu_portal.files.rendering import request_rendering
from committees.minutes.acts import APPROVAL_PDF, approval_hash, keep_fingerprint
from committees.minutes.enums import MinutesState
from committees.minutes.indexing import index_section
from committees.minutes.models import Minutes, OrderRevision, SectionRevision

DRAFT = {
    "state": MinutesState.DRAFTING,
    "text_hash": "",
    "submitted_at": None,
    "facts": None,
    "layout": None,
    "sealed_at": None,
    "sealed_file_id": None,
    "replaced_at": None,
}


def unfinished(minutes: Minutes) -> Minutes:
    """The same minutes, as a draft."""
    for name, value in DRAFT.items():
        setattr(minutes, name, value)
    return minutes


def finish(draft: Minutes, minutes: Minutes, *, by) -> None:
    """Index the text, begin its history, then give the draft its state and what goes with it."""
    for section in draft.sections.order_by("pk"):
        SectionRevision.objects.create(section=section, version=section.version, content=section.content, author=by)
        index_section(draft, str(section.uuid), section.content)
    OrderRevision.objects.create(minutes=draft, version=minutes.order_version, ids=minutes.section_order, author=by)
    for name in DRAFT:
        setattr(draft, name, getattr(minutes, name))
    draft.save()
    if draft.state == MinutesState.IN_REVIEW:
        request_rendering(kind=APPROVAL_PDF, subject=draft, input_hash=approval_hash(draft), by=by)
    for approval in draft.approvals.select_related("file"):
        keep_fingerprint(draft, approval.file, SealedFingerprint.Kind.APPROVED)
    if draft.sealed_file:
        keep_fingerprint(draft, draft.sealed_file, SealedFingerprint.Kind.SEALED)
