from committees.meetings.models.agenda import AgendaItem
from committees.meetings.models.attendance import Attendance, AttendancePerson, Invitation, MissedItem
from committees.meetings.models.committee_rules import CommitteeRules, Vote
from committees.meetings.models.documents import MeetingDocument
from committees.meetings.models.meeting import JointCommittee, Meeting

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendancePerson",
    "CommitteeRules",
    "Invitation",
    "JointCommittee",
    "Meeting",
    "MeetingDocument",
    "MissedItem",
    "Vote",
]
