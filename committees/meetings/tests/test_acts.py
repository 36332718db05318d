from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from clu_portal.audit.models import AuditEntry
from clu_portal.files.models import StoredFile
from committees.meetings import acts
from committees.meetings.enums import MeetingState
from committees.meetings.models import AgendaItem, Meeting, MeetingDocument
from committees.meetings.rules import may_become
from committees.tests.factories import CommitteeFactory, MeetingFactory, referent, secretary_general

ACTS = {
    MeetingState.CONVENED: lambda meeting, by: acts.record_convocation(meeting=meeting, by=by),
    MeetingState.HELD: lambda meeting, by: acts.hold_meeting(meeting=meeting, by=by),
    MeetingState.CANCELLED: lambda meeting, by: acts.cancel_meeting(meeting=meeting, reason="grève", by=by),
    MeetingState.POSTPONED: lambda meeting, by: acts.postpone_meeting(meeting=meeting, reason="travaux", by=by),
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize("next_state", list(ACTS))
def test_I10_every_passage_of_a_meeting_is_done_or_refused_whole(prefecture, state, next_state):
    meeting, by = MeetingFactory(state=state), referent()
    if may_become(state, next_state):
        ACTS[next_state](meeting, by)
        assert Meeting.objects.get(pk=meeting.pk).state == next_state
        assert AuditEntry.objects.count() == 1
    else:
        with pytest.raises(ValidationError) as refusal:
            ACTS[next_state](meeting, by)
        assert refusal.value.code == "refused_transition"
        assert Meeting.objects.get(pk=meeting.pk).state == state
        assert not AuditEntry.objects.exists()


def test_cancel_meeting_keeps_the_reason(prefecture):
    meeting = acts.cancel_meeting(meeting=MeetingFactory(state="prepared"), reason="Neige", by=referent())
    assert Meeting.objects.get(pk=meeting.pk).state_reason == "Neige"


def test_save_meeting_without_a_date_a_place_or_hours_is_accepted(prefecture):
    meeting = acts.save_meeting(meeting=Meeting(committee=CommitteeFactory()), by=referent())
    assert meeting.date_text == "date à préciser"


def test_save_meeting_by_the_secretary_general_is_refused(prefecture):
    with pytest.raises(PermissionDenied):
        acts.save_meeting(meeting=Meeting(committee=CommitteeFactory()), by=secretary_general())
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("ends_at", "accepted"), [(time(14, 31), True), (time(14, 30), False), (time(9), False)])
def test_D07_meeting_ends_after_it_starts(prefecture, ends_at, accepted):
    meeting = Meeting(committee=CommitteeFactory(), held_on=date(2026, 3, 20), starts_at=time(14, 30), ends_at=ends_at)
    if accepted:
        meeting.save()
        return
    with pytest.raises(ValidationError, match="doit suivre"):
        acts.save_meeting(meeting=meeting, by=referent())
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.save()


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.agenda_items.all()]


def test_move_part_swaps_neighbours_and_stops_at_the_ends(prefecture):
    meeting, by = MeetingFactory(), referent()
    for title in "abc":
        acts.save_agenda_item(item=AgendaItem(meeting=meeting, title=title), by=by)
    last = meeting.agenda_items.get(title="c")
    acts.move_part(part=last, up=True, by=by)
    assert titles(meeting) == ["a", "c", "b"]
    acts.move_part(part=last, up=True, by=by)
    acts.move_part(part=last, up=True, by=by)
    assert titles(meeting) == ["c", "a", "b"]
    acts.move_part(part=last, up=False, by=by)
    assert titles(meeting) == ["a", "c", "b"]


def test_record_attendance_adds_one_line_per_printed_line_in_order(prefecture):
    meeting = MeetingFactory()
    common = {"group_heading": "Présents", "status": "present", "capacity": "member"}
    acts.record_attendance(meeting=meeting, lines=["Mme A, maire", "M. B et Mme C"], by=referent(), **common)
    assert [line.printed_line for line in meeting.attendances.all()] == ["Mme A, maire", "M. B et Mme C"]


def document(meeting, name="diaporama.pdf", content=PDF, by=None) -> MeetingDocument:
    upload = SimpleUploadedFile(name, content)
    kind = {"kind": "projected", "visibility": "members"}
    return acts.add_document(meeting=meeting, title="Diaporama", upload=upload, by=by or referent(), **kind)


def test_add_document_keeps_the_bytes_and_their_hash(prefecture):
    added = document(MeetingFactory())
    assert StoredFile.objects.get(pk=added.file_id).content == PDF
    assert len(added.file.sha256) == 64


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vide.pdf", b"", "empty"),
        ("page.html", b"<html>", "unknown_format"),
        ("image.svg", b"<svg/>", "unknown_format"),
        ("faux.pdf", b"<html>", "wrong_content"),
        ("faux.png", PDF, "wrong_content"),
        ("faux.docx", b"PK\x03\x04 abc", "wrong_content"),
    ],
)
def test_add_document_hostile_file_is_refused_and_keeps_nothing(prefecture, name, content, code):
    with pytest.raises(ValidationError) as refusal:
        document(MeetingFactory(), name, content)
    assert refusal.value.code == code
    assert not StoredFile.objects.exists()
    assert not MeetingDocument.objects.exists()


def test_save_meeting_leaves_alone_what_other_acts_wrote_meanwhile(prefecture):
    meeting, by = MeetingFactory(state="prepared"), referent()
    read_before = Meeting.objects.get(pk=meeting.pk)
    acts.open_session(meeting=meeting, by=by)
    acts.print_absent(meeting=meeting, printed=True, by=by)
    read_before.place = "Salle Jean-Moulin"
    acts.save_meeting(meeting=read_before, by=by)
    found = Meeting.objects.get(pk=meeting.pk)
    assert (found.place, found.is_in_session, found.prints_absent) == ("Salle Jean-Moulin", True, True)


def test_save_meeting_held_is_never_to_come(prefecture):
    meeting, by, today = MeetingFactory(), referent(), timezone.localdate()
    meeting.held_on = today
    assert acts.save_meeting(meeting=meeting, by=by).held_on == today
    meeting.held_on = today + timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        acts.save_meeting(meeting=meeting, by=by)
    assert refusal.value.code == "not_yet"


@pytest.mark.parametrize(("days", "hour_known"), [(0, True), (-1, False)])
def test_hold_meeting_closes_its_session(prefecture, days, hour_known):
    by, held_on = referent(), timezone.localdate() + timedelta(days=days)
    meeting = acts.open_session(meeting=MeetingFactory(state="convened", held_on=held_on), by=by)
    assert meeting.is_in_session
    acts.hold_meeting(meeting=meeting, by=by)
    found = Meeting.objects.get(pk=meeting.pk)
    assert (found.is_in_session, found.closed_at is not None) == (False, hour_known)
    added = acts.save_agenda_item(item=AgendaItem(meeting=found, title="Divers"), by=by)
    assert not added.added_in_session


def test_hold_meeting_leaves_the_hour_of_a_session_already_closed_and_opens_none(prefecture):
    by, today = referent(), timezone.localdate()
    meeting = acts.open_session(meeting=MeetingFactory(state="convened", held_on=today), by=by)
    closed_at = acts.close_session(meeting=meeting, by=by).closed_at
    assert acts.hold_meeting(meeting=meeting, by=by).closed_at == closed_at
    assert acts.hold_meeting(meeting=MeetingFactory(state="prepared", held_on=today), by=by).closed_at is None
