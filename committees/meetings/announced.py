"""Whether a meeting was ever announced, whatever became of it."""

from clu_portal.audit.acts import reference
from clu_portal.audit.models import AuditEntry
from committees.meetings.enums import MeetingState
from committees.meetings.models import Meeting
from committees.meetings.rules import was_convened

CONVENED = "meeting_convened"


def is_convened(meeting: Meeting) -> bool:
    """Whether somebody was convened to it; the journal tells for one that was cancelled or postponed since."""
    noted = AuditEntry.objects.filter(subject=reference(meeting), verb=CONVENED)
    return was_convened(meeting.state, meeting.second_convocation_on, noted=noted.exists())


def is_announced(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.HELD or is_convened(meeting)
