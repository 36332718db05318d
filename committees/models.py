"""Gathers the models of the four stories: composition, meetings, minutes, distribution."""

from committees.composition.models import (
    College,
    Committee,
    CommitteeFormerName,
    CommitteeType,
    CompositionAct,
    Mandate,
    Seat,
    SentWarning,
)
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
from committees.minutes.indexed import Answer, AnsweredRemark, Citation, Decision, Exchange, Remark
from committees.minutes.models import Approval, Minutes, OrderRevision, Section, SectionRevision
from committees.minutes.previewed import Preview

__all__ = [
    "AgendaItem",
    "Answer",
    "AnsweredRemark",
    "Approval",
    "Attendance",
    "AttendancePerson",
    "Citation",
    "College",
    "Committee",
    "CommitteeFormerName",
    "CommitteeRules",
    "CommitteeType",
    "CompositionAct",
    "Decision",
    "Distribution",
    "DistributionRecipient",
    "Exchange",
    "Invitation",
    "JointCommittee",
    "Mandate",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "MissedItem",
    "OrderRevision",
    "Preview",
    "Reading",
    "Remark",
    "Seat",
    "Section",
    "SectionRevision",
    "SentWarning",
    "Vote",
]
