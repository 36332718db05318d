"""Design §2: a member reads the sealed minutes of « own committees, past ones too », and nothing later (T11)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from clu_portal.tests.factories import PersonFactory
from committees.meetings.models import JointCommittee, Meeting
from committees.minutes.models import Minutes
from committees.offered import persons_with_a_mandate
from committees.tests.factories import (
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    member_of,
    sealed_minutes,
    submitted_minutes,
)

FIRST_DAY, LAST_DAY = date(2025, 2, 1), date(2025, 6, 30)
DAY = timedelta(days=1)
BOUNDS = [(FIRST_DAY - DAY, False), (FIRST_DAY, True), (LAST_DAY, True), (LAST_DAY + DAY, False)]


@pytest.fixture
def committee(prefecture):
    return CommitteeFactory()


def former_member(committee):
    return member_of(committee, starts_on=FIRST_DAY, ends_on=LAST_DAY)


@pytest.mark.parametrize(("held_on", "is_read"), BOUNDS)
def test_former_member_reads_the_sealed_minutes_of_the_meetings_of_the_mandate(client, committee, held_on, is_read):
    minutes = sealed_minutes(MeetingFactory(committee=committee, held_on=held_on))
    user = former_member(committee)
    client.force_login(user)
    pages = [minutes.get_absolute_url(), reverse("committees:minutes_pdf", args=[minutes.prefecture.slug, minutes.pk])]
    assert [client.get(page).status_code for page in pages] == [200 if is_read else 404] * 2
    assert persons_with_a_mandate({user.persons.get().pk}) == ({user.persons.get().pk} if is_read else set())


@pytest.mark.parametrize(("held_on", "is_read"), BOUNDS)
def test_former_member_comes_in_for_a_meeting_held_with_another_committee(committee, held_on, is_read):
    meeting = MeetingFactory(held_on=held_on)
    JointCommittee.objects.create(meeting=meeting, committee=committee)
    minutes, user = sealed_minutes(meeting), former_member(committee)
    assert Minutes.objects.visible_to(user).filter(pk=minutes.pk).exists() is is_read
    assert persons_with_a_mandate({user.persons.get().pk}) == ({user.persons.get().pk} if is_read else set())


def test_former_member_is_not_led_to_the_meeting(client, committee):
    minutes = sealed_minutes(MeetingFactory(committee=committee, held_on=LAST_DAY))
    meeting = minutes.meeting.get_absolute_url()
    seen = {}
    for user in (member_of(committee), former_member(committee)):
        client.force_login(user)
        page = client.get(minutes.get_absolute_url()).content.decode()
        seen[user] = (f'"{meeting}"' in page, client.get(meeting).status_code)
    assert list(seen.values()) == [(True, 200), (False, 404)]


@pytest.mark.parametrize(("today", "in_review"), [(LAST_DAY, True), (LAST_DAY + DAY, False)])
def test_member_sees_what_is_in_review_and_the_meetings_until_the_last_day(committee, today, in_review):
    of_the_time, undated = (MeetingFactory(committee=committee, held_on=day) for day in (FIRST_DAY, None))
    for meeting in (of_the_time, undated):
        submitted_minutes(meeting)
    user = former_member(committee)
    with time_machine.travel(noon(today), tick=False):
        assert Minutes.objects.visible_to(user).count() == Meeting.objects.visible_to(user).count() == 2 * in_review
        assert persons_with_a_mandate({user.persons.get().pk}) == ({user.persons.get().pk} if in_review else set())


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def test_former_member_of_another_committee_reads_nothing(committee):
    sealed_minutes(MeetingFactory(committee=committee, held_on=LAST_DAY))
    user = former_member(CommitteeFactory())
    assert not Minutes.objects.visible_to(user).exists()
    assert persons_with_a_mandate({user.persons.get().pk}) == set()


def test_persons_with_a_mandate_to_come_may_not_come_in_yet(committee):
    tomorrow = timezone.localdate() + DAY
    mandate = MandateFactory(seat=SeatFactory(committee=committee), person=PersonFactory(), starts_on=tomorrow)
    assert persons_with_a_mandate({mandate.person_id}) == set()
