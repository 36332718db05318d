"""What must be true at the end of the main job, whatever died on the way: everything done, and done once."""

from collections import Counter

from clu_portal.audit.models import AuditEntry
from clu_portal.files.models import Rendering, SealedFingerprint, StoredFile
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tests.running_portal import RunningPortal
from committees.distribution.models import DistributionRecipient
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes
from committees.tests.conftest import Office

ONCE = ["minutes_begun", "minutes_submitted", "minutes_approved", "minutes_sealed", "minutes_distributed"]


def assert_done_once(portal: RunningPortal, office: Office, minutes: Minutes, *, doubts: int = 0) -> None:
    """One sealed document, one current version, one message per member; a double only where it was announced."""
    with office.scope():
        assert_one_document(minutes)
        assert_one_message(portal, office, doubts)
        verbs = Counter(AuditEntry.objects.values_list("verb", flat=True))
        assert {verb: verbs[verb] for verb in ONCE} == dict.fromkeys(ONCE, 1)
    assert_journal_is_whole(portal)


def assert_one_document(minutes: Minutes) -> None:
    current = Minutes.objects.filter(meeting=minutes.meeting)
    assert [version.state for version in current] == [MinutesState.SEALED]
    kinds = ["minutes_pdf", "minutes_seal"]
    made = Rendering.objects.filter(subject=f"minutes:{minutes.pk}", kind__in=kinds).order_by("kind")
    assert [(row.kind, row.ticket.state, row.is_done) for row in made] == [(kind, "done", True) for kind in kinds]
    known = SealedFingerprint.objects.filter(document=f"minutes:{minutes.pk}", kind="sealed")
    assert [row.sha256 for row in known] == [current[0].sealed_file.sha256]
    assert StoredFile.objects.filter(content_type="application/pdf").count() == 2


def assert_one_message(portal: RunningPortal, office: Office, doubts: int) -> None:
    recipient = DistributionRecipient.objects.select_related("message__ticket").get()
    message = recipient.message
    assert OutgoingMessage.objects.filter(recipient=office.address).count() == 1
    assert (message.ticket.state, message.ticket.doubt_count) == ("sent", doubts)
    accepted = [mail["Message-ID"] for mail in portal.mails(office.address)]
    assert accepted == [message.message_id] * (1 + doubts)


def assert_journal_is_whole(portal: RunningPortal) -> None:
    done = portal.manage("audit_verify")
    assert done.returncode == 0, done.stdout + done.stderr
