"""Whom sealed minutes may be sent to: each person once, with the reason and whether they are proposed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from clu_portal.organisations.models import Person
from committees.composition.models import Mandate
from committees.distribution.enums import Ground
from committees.distribution.models import DistributionRecipient
from committees.distribution.rules import ground_in_words, ground_of, is_proposed
from committees.meetings.enums import CAME, AttendanceStatus, Gender, Representation
from committees.meetings.models import Attendance, AttendancePerson, Invitation
from committees.meetings.printing import GENDERS
from committees.minutes.models import Minutes


@dataclass(frozen=True)
class Candidate:
    """`received_at`: when these minutes were last sent to this person, if they were."""

    person: Person
    ground: Ground
    received_at: datetime | None

    @property
    def is_proposed(self) -> bool:
        return is_proposed(self.ground, has_received=self.received_at is not None)

    @property
    def ground_label(self) -> str:
        return ground_in_words(self.ground, GENDERS.get(self.person.civility, Gender.UNKNOWN))

    @property
    def by_post(self) -> bool:
        return not self.person.email


def candidates(minutes: Minutes) -> list[Candidate]:
    """Members in force today, then those the attendance names, then those invited, each group by name."""
    members, invited, statuses = members_today(minutes), invited_to(minutes), statuses_at(minutes)
    received = last_received(minutes)
    found = []
    for person in Person.objects.filter(pk__in={*members, *invited, *statuses}).select_related("user"):
        ground = ground_of(
            is_member=person.pk in members, statuses=statuses.get(person.pk, ()), is_invited=person.pk in invited
        )
        if ground:
            found.append(Candidate(person, ground, received.get(person.pk)))
    order = list(Ground)
    return sorted(found, key=lambda one: order.index(one.ground))


def members_today(minutes: Minutes) -> set[int]:
    meeting = minutes.meeting
    seats = Q(seat__committee=meeting.committee_id) | Q(seat__committee__joint_meetings__meeting=meeting)
    mandates = Mandate.objects.in_force_on(timezone.localdate()).filter(seats)
    return set(mandates.values_list("person", flat=True))


def invited_to(minutes: Minutes) -> set[int]:
    invitations = Invitation.objects.filter(meeting=minutes.meeting_id, person__isnull=False)
    return set(invitations.values_list("person", flat=True))


def statuses_at(minutes: Minutes) -> dict[int, set[str]]:
    """How each person the attendance names took part; who stood for somebody is present."""
    found = defaultdict(set)
    lines = Attendance.objects.filter(meeting=minutes.meeting_id)
    for status, person, other, side in lines.values_list("status", "person", "other_person", "representation"):
        found[person].add(status)
        if status in CAME and side == Representation.REPRESENTED_BY:
            found[other].add(AttendanceStatus.PRESENT)
    shared = AttendancePerson.objects.filter(attendance__meeting=minutes.meeting_id)
    for person, status in shared.values_list("person", "attendance__status"):
        found[person].add(status)
    found.pop(None, None)
    return dict(found)


def last_received(minutes: Minutes) -> dict[int, datetime]:
    sent = DistributionRecipient.objects.filter(distribution__minutes=minutes).order_by("distribution__at")
    return dict(sent.values_list("person", "distribution__at"))
