"""The life of minutes: each act, what it changes, each refusal."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from clu_portal.audit.models import AuditEntry
from clu_portal.files.models import RenderingTicket, SealedFingerprint
from clu_portal.files.rendering import latest_rendering, retry_rendering, run_rendering
from committees.meetings.enums import MeetingState
from committees.minutes import acts, corrections
from committees.minutes.enums import MinutesState
from committees.minutes.models import Minutes
from committees.tests.factories import (
    AgendaItemFactory,
    MeetingFactory,
    drafted_minutes,
    referent,
    render,
    sealed_minutes,
    secretary_general,
    submitted_minutes,
)


def refusal(function, **kwargs) -> str:
    with pytest.raises(ValidationError) as caught:
        function(**kwargs)
    return caught.value.code


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))


def test_seal_ends_with_its_line_in_the_journal(prefecture):
    """The chain's head is locked until the end of the transaction: nothing is written after it."""
    minutes = submitted_minutes()
    file = render(minutes, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=secretary_general())
    with CaptureQueriesContext(connection) as queries:
        render(minutes, acts.SEAL)
    written = [query["sql"].split('"')[:2] for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert ["UPDATE ", "files_rendering"] in written
    assert written[-1] == ["INSERT INTO ", "audit_auditentry"]
    assert verbs()[-1] == "minutes_sealed"


def test_begin_minutes_writes_one_section_per_agenda_item(prefecture):
    meeting = AgendaItemFactory(title="Accueil du public").meeting
    minutes = drafted_minutes(meeting)
    assert minutes.state == MinutesState.DRAFTING
    assert "Accueil du public" in str([s.content for s in minutes.sections.all()])
    assert len(minutes.section_order) == minutes.sections.count()
    assert verbs() == ["minutes_begun"]


@pytest.mark.parametrize(
    ("state", "code"),
    [(state, "not_held") for state in MeetingState if state != MeetingState.HELD],
)
def test_begin_minutes_of_a_meeting_not_held_is_refused(prefecture, state, code):
    assert refusal(acts.begin_minutes, meeting=MeetingFactory(state=state), by=referent()) == code


def test_begin_minutes_twice_is_refused(prefecture):
    minutes = drafted_minutes()
    assert refusal(acts.begin_minutes, meeting=minutes.meeting, by=referent()) == "already_open"


def test_begin_minutes_by_somebody_else_is_refused(prefecture):
    with pytest.raises(PermissionDenied):
        acts.begin_minutes(meeting=MeetingFactory(), by=secretary_general())


def test_submit_minutes_freezes_the_facts_and_asks_for_the_pages(prefecture):
    meeting = AgendaItemFactory(title="Accueil du public").meeting
    minutes = submitted_minutes(meeting)
    assert (minutes.state, len(minutes.text_hash)) == (MinutesState.IN_REVIEW, 64)
    assert [(item["label"], item["title"]) for item in minutes.facts["agenda"]] == [("1.", "Accueil du public")]
    assert latest_rendering(acts.APPROVAL_PDF, minutes).ticket.state == "pending"


def test_submit_minutes_twice_is_refused(prefecture):
    assert refusal(acts.submit_minutes, minutes=submitted_minutes(), by=referent()) == "not_drafting"


def test_return_minutes_gives_the_text_back_with_the_reason(prefecture):
    minutes = acts.return_minutes(minutes=submitted_minutes(), reason="Ajouter les excusés", by=secretary_general())
    assert (minutes.state, minutes.return_reason, minutes.text_hash) == ("drafting", "Ajouter les excusés", "")


def test_return_minutes_being_drafted_is_refused(prefecture):
    assert refusal(acts.return_minutes, minutes=drafted_minutes(), reason="x", by=referent()) == "not_in_review"


def test_pages_of_a_text_returned_meanwhile_are_not_made(prefecture):
    minutes = submitted_minutes()
    acts.return_minutes(minutes=minutes, reason="x", by=referent())
    rendering = render(minutes, acts.APPROVAL_PDF)
    assert (rendering.ticket.state, rendering.file) == ("dead", None)
    assert "a changé depuis" in rendering.error


def test_R06_approve_minutes_other_bytes_than_shown_are_refused(prefecture):
    minutes = submitted_minutes()
    file = render(minutes, acts.APPROVAL_PDF).file
    by = secretary_general()
    assert refusal(acts.approve_minutes, minutes=minutes, file=file, shown_sha256="0" * 64, by=by) == "other_file"
    assert minutes.current_approval() is None


def test_approve_minutes_by_the_referent_is_refused(prefecture):
    minutes = submitted_minutes()
    file = render(minutes, acts.APPROVAL_PDF).file
    with pytest.raises(PermissionDenied):
        acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=referent())


def test_R06_sealed_file_begins_with_the_approved_bytes(prefecture):
    minutes = sealed_minutes()
    approved = minutes.current_approval()
    sealed = minutes.sealed_file.content
    assert sealed.startswith(approved.file.content)
    assert approved.sha256 == hashlib.sha256(approved.file.content).hexdigest()
    assert minutes.sealed_file.sha256 == hashlib.sha256(sealed).hexdigest()
    kinds = SealedFingerprint.objects.filter(document=f"minutes:{minutes.pk}").values_list("kind", flat=True)
    assert sorted(kinds) == ["approved", "sealed"]
    assert verbs() == ["minutes_begun", "minutes_submitted", "minutes_approved", "minutes_sealed"]


def test_approve_minutes_twice_is_refused(prefecture):
    minutes = submitted_minutes()
    file = render(minutes, acts.APPROVAL_PDF).file
    by = secretary_general()
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=by)
    refused = refusal(acts.approve_minutes, minutes=minutes, file=file, shown_sha256=file.sha256, by=by)
    assert refused == "already_approved"
    assert refusal(acts.return_minutes, minutes=minutes, reason="x", by=by) == "already_approved"


def test_T10_seal_is_refused_when_the_approver_lost_the_right(prefecture):
    minutes, by = submitted_minutes(), secretary_general()
    file = render(minutes, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=minutes, file=file, shown_sha256=file.sha256, by=by)
    by.roles.all().delete()
    rendering = render(minutes, acts.SEAL)
    assert (rendering.ticket.state, rendering.file) == ("dead", None)
    assert "n'en a plus le droit" in rendering.error
    assert Minutes.objects.get(pk=minutes.pk).state == MinutesState.IN_REVIEW
    acts.return_minutes(minutes=minutes, reason="À approuver de nouveau", by=referent())


def test_rendering_that_failed_is_made_once_started_again(prefecture):
    minutes = submitted_minutes()
    rendering = latest_rendering(acts.APPROVAL_PDF, minutes)
    RenderingTicket.objects.filter(pk=rendering.ticket_id).update(state="dead", attempts=3)
    retry_rendering(rendering=rendering, by=referent())
    assert render(minutes, acts.APPROVAL_PDF).is_done
    assert refusal(retry_rendering, rendering=rendering, by=referent()) == "not_failed"


def test_R05_document_made_is_not_made_twice(prefecture):
    minutes = submitted_minutes()
    ticket = render(minutes, acts.APPROVAL_PDF).ticket_id
    assert run_rendering(ticket) is False


def test_correct_minutes_leaves_the_sealed_version_until_the_new_one_is_sealed(prefecture):
    sealed = sealed_minutes()
    by, approver = referent(), secretary_general()
    correction = corrections.correct_minutes(minutes=sealed, by=by)
    assert (correction.version_number, correction.state) == (2, MinutesState.DRAFTING)
    assert refusal(corrections.correct_minutes, minutes=sealed, by=by) == "already_open"
    acts.submit_minutes(minutes=correction, by=by)
    file = render(correction, acts.APPROVAL_PDF).file
    acts.approve_minutes(minutes=correction, file=file, shown_sha256=file.sha256, by=approver)
    render(correction, acts.SEAL)
    states = dict(Minutes.objects.values_list("version_number", "state"))
    assert states == {1: MinutesState.REPLACED, 2: MinutesState.SEALED}


def test_R08_sealed_minutes_are_refused_every_change_by_the_database(prefecture):
    minutes = sealed_minutes()
    for change in ({"title_lines": "x"}, {"state": "drafting"}, {"sealed_at": None}, {"version_number": 7}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Minutes.objects.filter(pk=minutes.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        minutes.sections.update(content=None)


def test_R06_pages_of_a_former_submission_are_not_approved(prefecture):
    by, approver = referent(), secretary_general()
    minutes = submitted_minutes(by=by)
    former = render(minutes, acts.APPROVAL_PDF).file
    acts.return_minutes(minutes=minutes, reason="x", by=by)
    acts.submit_minutes(minutes=minutes, by=by)
    render(minutes, acts.APPROVAL_PDF)
    arguments = {"minutes": minutes, "file": former, "shown_sha256": former.sha256, "by": approver}
    assert refusal(acts.approve_minutes, **arguments) == "other_file"


def test_R08_section_is_not_moved_out_of_sealed_minutes(prefecture):
    sealed, other = sealed_minutes(), drafted_minutes()
    with pytest.raises(DatabaseError, match="stays in its minutes"), transaction.atomic():
        sealed.sections.update(minutes=other)
