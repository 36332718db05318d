"""The office proposed for somebody who sits: the one printed the last time, in the same seat."""

import pytest
from django.utils import timezone

from committees.meetings.models import Attendance, Meeting
from committees.meetings.tests.lists import line_of, proposed
from committees.tests.factories import MeetingFactory, SeatFactory


def seen_before(meeting: Meeting, office: str, held_on: str | None = "2026-03-01", **known) -> Attendance:
    """A line of Mme Aubert at another meeting of the committee."""
    seat = meeting.committee.seats.get(position=1)
    line = {"seat": seat, "person": seat.mandates.get().person, "printed_line": "Mme Aubert", "office": office} | known
    return Attendance.objects.create(meeting=MeetingFactory(committee=meeting.committee, held_on=held_on), **line)


def office_proposed(meeting: Meeting, by) -> str:
    proposed(meeting, by)
    return line_of(meeting, "Aubert").office


def test_office_of_the_last_meeting_is_proposed_and_printed(meeting, by):
    seen_before(meeting, "secrétaire", "2025-03-01")
    seen_before(meeting, "présidente", "2026-03-01")
    assert office_proposed(meeting, by) == "présidente"
    assert line_of(meeting, "Aubert").printed_line == "Association Aubert : Mme Aubert, présidente"
    assert [line_of(meeting, name).office for name in ("Brun", "Colin")] == ["", ""]


@pytest.mark.parametrize(
    ("held_on", "office"), [("2026-03-20", "présidente"), ("2026-03-21", ""), (None, "présidente")]
)
def test_office_of_a_later_meeting_is_not_proposed(meeting, by, held_on, office):
    seen_before(meeting, "présidente", held_on)
    assert office_proposed(meeting, by) == office


def test_office_no_longer_typed_the_last_time_is_not_proposed(meeting, by):
    seen_before(meeting, "présidente", "2025-03-01")
    seen_before(meeting, "", "2026-03-01")
    assert office_proposed(meeting, by) == ""


def test_office_of_another_seat_or_of_a_meeting_in_the_corbeille_is_not_proposed(meeting, by):
    seen_before(meeting, "maire", seat=SeatFactory(committee=meeting.committee))
    thrown = seen_before(meeting, "présidente")
    Meeting.objects.filter(pk=thrown.meeting_id).update(trashed_at=timezone.now())
    assert office_proposed(meeting, by) == ""
