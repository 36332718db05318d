"""What the tests of attendance, of participants and of votes begin with and look at."""

from committees.meetings import acts
from committees.meetings.facts import attendance_facts
from committees.meetings.models import Attendance, CommitteeRules, Meeting
from committees.tests.factories import MandateFactory, MeetingFactory, SeatFactory


def meeting_of(seats: int, came: int, **rules) -> Meeting:
    """A meeting of so many seats held, of which so many came."""
    meeting = MeetingFactory()
    for number in range(seats):
        mandate = MandateFactory(seat=SeatFactory(committee=meeting.committee))
        status = "present" if number < came else "excused"
        Attendance.objects.create(
            meeting=meeting, seat=mandate.seat, person=mandate.person, printed_line=f"Mme {number}", status=status
        )
    CommitteeRules.objects.create(committee=meeting.committee, has_votes=True, **rules)
    return meeting


def proposed(meeting, by) -> list[Attendance]:
    acts.propose_attendance(meeting=meeting, by=by)
    return list(meeting.attendances.all())


def tick(meeting, by, **states) -> None:
    lines = dict(meeting.attendances.exclude(person=None).values_list("person__surname", "pk"))
    acts.record_states(meeting=meeting, states={lines[name]: state for name, state in states.items()}, by=by)


def printed(meeting) -> list[tuple]:
    return [(group["heading"], group["lines"]) for group in attendance_facts(meeting)]


def line_of(meeting, name: str) -> Attendance:
    return meeting.attendances.get(person__surname=name)
