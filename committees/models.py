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
from committees.meetings.models import AgendaItem, Attendance, Meeting, MeetingDocument
from committees.minutes.models import Approval, Minutes, OrderRevision, Section, SectionRevision

__all__ = [
    "AgendaItem",
    "Approval",
    "Attendance",
    "College",
    "Committee",
    "CommitteeFormerName",
    "CommitteeType",
    "CompositionAct",
    "Distribution",
    "DistributionRecipient",
    "Mandate",
    "Meeting",
    "MeetingDocument",
    "Minutes",
    "OrderRevision",
    "Reading",
    "Seat",
    "Section",
    "SectionRevision",
    "SentWarning",
]
