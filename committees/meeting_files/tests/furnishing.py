"""A meeting in which nothing is empty, made by the acts of the screens."""

from datetime import date, time

from django.core.files.uploadedfile import SimpleUploadedFile

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition.models import CommitteeType
from committees.meetings import acts
from committees.meetings.models import AgendaItem, Attendance, Invitation, JointCommittee, Meeting, MissedItem
from committees.minutes.models import Minutes
from committees.minutes.text import SectionChange, save_text
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    CompositionActFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    drafted_minutes,
    referent,
)

ACTION = "7b0c2f4e-3b7d-4d0b-9a57-0d4f0c9f1a11"
SECTION = "2d9e5a68-51f4-4b6c-8f0e-6a2a7e1b3c44"
PDF = b"%PDF-1.7\n%%EOF\n"


def furnished_meeting() -> Meeting:
    """A held meeting of two committees: agenda, attendance, dossier, minutes being drafted with an action."""
    by = referent()
    type_, _ = CommitteeType.objects.get_or_create(name="Comité local des usagers", defaults={"acronym": "CLU"})
    committee = CommitteeFactory(type=type_)
    meeting = MeetingFactory(committee=committee, held_on=date(2026, 3, 20), starts_at=time(14, 30))
    JointCommittee.objects.create(meeting=meeting, committee=CommitteeFactory())
    first = AgendaItem.objects.create(meeting=meeting, printed_label="1.", title="Accueil du public", position=1)
    AgendaItem.objects.create(meeting=meeting, parent=first, printed_label="a)", title="Le hall", position=2)
    attend(meeting, first)
    upload = SimpleUploadedFile("note.pdf", PDF)
    acts.add_document(meeting=meeting, title="Note", kind="annexed", visibility="members", upload=upload, by=by)
    write(drafted_minutes(meeting, by), by)
    return meeting


def attend(meeting: Meeting, missed: AgendaItem) -> None:
    """A full member who left early, and the substitute of another seat, who gave them a proxy."""
    act = CompositionActFactory(committee=meeting.committee, number="2026-1")
    college = CollegeFactory(committee=meeting.committee)
    seats = [
        SeatFactory(committee=meeting.committee, college=college, opened_by=act, organisation=OrganisationFactory())
        for _ in range(2)
    ]
    persons = [MandateFactory(seat=seat, person=PersonFactory()).person for seat in seats]
    holder = Attendance.objects.create(
        meeting=meeting, position=1, seat=seats[0], person=persons[0], printed_line="Mme A", left_at=time(15)
    )
    MissedItem.objects.create(attendance=holder, agenda_item=missed)
    Attendance.objects.create(
        meeting=meeting, position=2, person=persons[1], substitute_for=seats[1], proxy_to=holder, printed_line="M. B"
    )
    Invitation.objects.create(meeting=meeting, seat=seats[0], person=persons[0])


def write(minutes: Minutes, by) -> None:
    heading = {
        "type": "heading",
        "attrs": {"label": "2.", "level": 2},
        "content": [{"type": "text", "text": "Suites"}],
    }
    action = {"type": "action", "attrs": {"id": ACTION, "title": "Poser un panneau", "owner": "la mairie"}}
    content = {"type": "section", "attrs": {"id": SECTION}, "content": [heading, action]}
    save_text(minutes=minutes, changes=[SectionChange(SECTION, 0, content)], order=None, operation_id="1", by=by)
