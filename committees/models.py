"""Gathers the models of the four stories: composition, meetings, minutes, distribution."""

from committees.composition.models import Committee, Mandate, Seat
from committees.distribution.models import Distribution, DistributionRecipient, Reading
from committees.meetings.models import (
    AgendaItem,
    Attendance,
    AttendancePerson,
    CommitteeRules,
    Invitation,
    JointCommittee,
    Meeting,
    MeetingDocument,
    MissedItem,
    Vote,
)
from committees.minutes.models import Approval, Minutes, OrderRevision, Section, SectionRevision

__all__ = [
    "AgendaItem",
    "Approval",
    "Attendance",
    "AttendancePerson",
    "Committee",
    "CommitteeRules",
    "Distribution",
    "DistributionRecipient",
    "Invitation",
    "JointCommittee",
    "Mandate",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "MissedItem",
    "OrderRevision",
    "Reading",
    "Seat",
    "Section",
    "SectionRevision",
    "Vote",
]
