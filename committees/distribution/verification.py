"""What the public page says of a PDF: who approved and sealed what, when, unaltered or not."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clu_portal.files.models import SealedFingerprint
from clu_portal.files.sealing import trust_roots
from clu_portal.lib.verify import Verdict, verify_pdf
from clu_portal.tenancy import scope
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes


@dataclass(frozen=True)
class KnownDocument:
    """What may be told to anybody who holds the document: it is written in it."""

    prefecture: str
    title: str
    meeting_date: str
    version_number: int
    approved_by: str
    approver_title: str
    approved_at: datetime | None
    sealed_at: datetime | None
    replaced_at: datetime | None
    replaced_by: int | None


def verify_minutes(pdf: bytes) -> Verdict:
    """Judge a PDF somebody holds. Never raises for what the file is."""
    return verify_pdf(
        pdf,
        trust_roots=trust_roots(),
        known=sealed_document,
        known_approved=approved_document,
        now=timezone.now(),
    )


def sealed_document(sha256: str) -> KnownDocument | None:
    return known_document(sha256, SealedFingerprint.Kind.SEALED)


def approved_document(sha256: str) -> KnownDocument | None:
    return known_document(sha256, SealedFingerprint.Kind.APPROVED)


def known_document(sha256: str, kind: str) -> KnownDocument | None:
    fingerprint = SealedFingerprint.objects.filter(sha256=sha256, kind=kind).first()
    if fingerprint is None or not fingerprint.document.startswith("minutes:"):
        return None
    with scope(fingerprint.prefecture_id):
        return described(int(fingerprint.document.partition(":")[2]))


def described(pk: int) -> KnownDocument | None:
    """Describe sealed minutes; a text approved and not yet sealed is nobody's business."""
    minutes = Minutes.objects.sealed().select_related("meeting__committee", "prefecture").filter(pk=pk).first()
    if minutes is None:
        return None
    approval = minutes.current_approval()
    return KnownDocument(
        prefecture=minutes.prefecture.name,
        title=" – ".join(minutes.title_lines.splitlines()),
        meeting_date=minutes.meeting.date_text,
        version_number=minutes.version_number,
        approved_by=approval.approver,
        approver_title=approval.title,
        approved_at=approval.at,
        sealed_at=minutes.sealed_at,
        replaced_at=minutes.replaced_at,
        replaced_by=number_in_force(minutes) if minutes.replaced_at else None,
    )


def number_in_force(minutes: Minutes) -> int | None:
    in_force = Minutes.objects.filter(meeting=minutes.meeting_id, state=MinutesState.SEALED)
    return in_force.values_list("version_number", flat=True).first()
