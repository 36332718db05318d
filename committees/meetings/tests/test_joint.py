"""What a joint meeting changes for the minutes: who reads them, to whom they are sent, what they are called."""

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.tests.factories import PersonFactory, user_with_role
from committees.distribution.recipients import candidates
from committees.meetings.models import Attendance, AttendancePerson, JointCommittee
from committees.minutes.models import Minutes
from committees.tests.factories import (
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    drafted_minutes,
    member_of,
    referent,
    sealed_minutes,
    submitted_minutes,
)


@pytest.fixture
def joint(prefecture):
    """A joint meeting and the committee that joined it."""
    meeting, other = MeetingFactory(), CommitteeFactory(name="Comité voisin")
    JointCommittee.objects.create(meeting=meeting, committee=other)
    return meeting, other


def sees(user, minutes) -> bool:
    """What a request would show: it reads the account anew."""
    return Minutes.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=minutes.pk).exists()


def test_members_of_the_other_committee_read_the_minutes_in_review(joint):
    meeting, other = joint
    member, stranger = member_of(other), member_of(CommitteeFactory())
    minutes = submitted_minutes(meeting)
    assert (sees(member, minutes), sees(stranger, minutes)) == (True, False)


def test_member_whose_mandate_ended_keeps_the_sealed_minutes_of_the_joint_meeting(joint):
    meeting, other = joint
    member = member_of(other)
    minutes = sealed_minutes(meeting)
    member.persons.get().mandates.update(ends_on="2026-03-20")
    assert sees(member, minutes)
    member.persons.get().mandates.update(ends_on="2026-03-19")
    assert not sees(member, minutes)


def test_minutes_are_sent_to_the_members_of_both_once_each(joint):
    meeting, other = joint
    both = PersonFactory()
    for committee in (meeting.committee, other):
        MandateFactory(seat__committee=committee, person=both)
    only_other = MandateFactory(seat__committee=other).person
    MandateFactory()
    assert {one.person for one in candidates(drafted_minutes(meeting))} == {both, only_other}
    assert len(candidates(drafted_minutes(MeetingFactory(committee=other)))) == 2


def test_minutes_are_called_by_both_committees(joint):
    meeting, _ = joint
    assert drafted_minutes(meeting, by=referent()).title_lines.startswith(f"{meeting.committee} et Comité voisin")


def test_agent_named_second_on_a_line_reads_the_draft(prefecture):
    agent = user_with_role(RoleKind.AGENT)
    minutes = drafted_minutes()
    line = Attendance.objects.create(meeting=minutes.meeting, printed_line="Mme A et M. B", person=PersonFactory())
    assert not sees(agent, minutes)
    AttendancePerson.objects.create(attendance=line, person=PersonFactory(user=agent))
    assert sees(agent, minutes)
