"""What is warned of: from the database, both sides of each bound; the bounds themselves are in test_rules.py."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clu_portal.lib.fuzzy_date import parse_fuzzy_date
from clu_portal.organisations.models import PrefectureSettings
from clu_portal.tests.factories import OrganisationFactory
from committees.composition.models import Committee
from committees.composition.warnings import all_warnings
from committees.tests.factories import CommitteeFactory, MandateFactory, MeetingFactory, SeatFactory

TODAY = date(2026, 11, 22)
NEXT_WEEK = TODAY + timedelta(days=7)


def committee() -> Committee:
    """A committee that met last month: nothing to say of it."""
    row = CommitteeFactory()
    MeetingFactory(committee=row, held_on=date(2026, 10, 20))
    return row


def kinds(today: date = TODAY) -> list[str]:
    return [warning.kind.value for warning in all_warnings(Committee.objects.all(), today)]


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (None, []),
        (date(2026, 11, 22), ["mandate_ending"]),
        (date(2027, 2, 20), ["mandate_ending"]),
        (date(2027, 2, 21), []),
    ],
)
def test_mandate_ending_within_90_days(prefecture, ends_on, expected):
    MandateFactory(seat=SeatFactory(committee=committee()), ends_on=ends_on)
    assert kinds() == expected


def test_mandate_ending_is_not_warned_of_when_somebody_is_named_to_follow(prefecture):
    mandate = MandateFactory(seat=SeatFactory(committee=committee()), ends_on=NEXT_WEEK)
    assert kinds() == ["mandate_ending"]
    MandateFactory(seat=mandate.seat, starts_on=NEXT_WEEK + timedelta(days=1))
    assert kinds() == []


@pytest.mark.parametrize(("seat_ends_on", "expected"), [(NEXT_WEEK, []), (None, ["mandate_ending"])])
def test_mandate_ending_with_its_seat_is_not_warned_of(prefecture, seat_ends_on, expected):
    MandateFactory(seat=SeatFactory(committee=committee(), ends_on=seat_ends_on), ends_on=NEXT_WEEK)
    assert kinds() == expected


@pytest.mark.parametrize(
    ("mandate", "expected"),
    [
        ({}, []),
        ({"ends_on": date(2026, 11, 21)}, ["seat_vacant"]),
        ({"starts_on": date(2026, 11, 23)}, ["seat_vacant"]),
        ({"starts_on": date(2026, 11, 22)}, []),
        ({"kind": "substitute"}, ["seat_vacant"]),
    ],
)
def test_seat_vacant_without_a_full_member_today(prefecture, mandate, expected):
    MandateFactory(seat=SeatFactory(committee=committee()), **mandate)
    assert kinds() == expected


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        ({}, ["seat_vacant"]),
        ({"basis": "by_office"}, []),
        ({"ends_on": date(2026, 11, 21)}, []),
        ({"ends_on": date(2026, 11, 22)}, ["seat_vacant"]),
        ({"starts_on": date(2026, 11, 23)}, []),
    ],
)
def test_seat_vacant_when_it_exists_and_needs_a_name(prefecture, seat, expected):
    SeatFactory(committee=committee(), **seat)
    assert kinds() == expected


def test_seat_vacant_says_since_when(prefecture):
    seat = SeatFactory(committee=committee(), wording="Maires")
    MandateFactory(seat=seat, ends_on=date(2026, 6, 30))
    (warning,) = all_warnings(Committee.objects.all(), TODAY)
    assert warning.text == "Siège vacant depuis le 1er juillet 2026 : Maires."


ABSENCES = [
    (["present", "absent"], []),
    (["absent", "present"], []),
    (["absent"], []),
    (["absent", "absent"], ["organisation_absent"]),
    (["excused", "absent"], ["organisation_absent"]),
    (["absent", None, "absent"], ["organisation_absent"]),
    (["present", None, "absent"], []),
    (["present", "absent", "absent"], ["organisation_absent"]),
]


@pytest.mark.parametrize(("statuses", "expected"), ABSENCES)
def test_organisation_absent_at_the_last_two_meetings_that_count(prefecture, statuses, expected):
    """`None` is a meeting whose list says nothing: it does not count."""
    seat = MandateFactory(seat=SeatFactory(committee=CommitteeFactory(), organisation=OrganisationFactory())).seat
    for months, status in enumerate(statuses):
        meeting = MeetingFactory(committee=seat.committee, held_on=date(2026, 5 + months, 10))
        if status:
            meeting.attendances.create(printed_line="Ligne", status=status, organisation=seat.organisation)
    assert kinds() == expected


def test_organisation_absent_when_none_of_its_seats_came(prefecture):
    organisation, where = OrganisationFactory(), CommitteeFactory()
    north, south = (
        MandateFactory(seat=SeatFactory(committee=where, organisation=organisation)).person for _ in range(2)
    )
    lines = []
    for month in (9, 10):
        meeting = MeetingFactory(committee=where, held_on=date(2026, month, 10))
        for person in (north, south):
            lines.append(meeting.attendances.create(printed_line="Ligne", status="absent", person=person))
    assert kinds() == ["organisation_absent"]
    lines[-1].status = "present"
    lines[-1].save()
    assert kinds() == []


@pytest.mark.parametrize(("held_on", "expected"), [(date(2026, 1, 23), []), (date(2026, 1, 22), ["no_meeting"])])
def test_no_meeting_for_ten_months(prefecture, held_on, expected):
    MeetingFactory(held_on=held_on)
    assert kinds() == expected


@pytest.mark.parametrize(("months", "expected"), [(11, []), (10, ["no_meeting"])])
def test_no_meeting_follows_the_settings(prefecture, months, expected):
    PrefectureSettings.objects.create(months_without_meeting=months)
    MeetingFactory(held_on=date(2026, 1, 22))
    assert kinds() == expected


def test_no_meeting_is_not_warned_of_when_one_is_on_the_calendar(prefecture):
    meeting = MeetingFactory(held_on=date(2025, 1, 1))
    assert kinds() == ["no_meeting"]
    MeetingFactory(committee=meeting.committee, held_on=TODAY, state="prepared")
    assert kinds() == []


def test_no_meeting_is_not_warned_of_when_one_is_planned_without_a_day(prefecture):
    meeting = MeetingFactory(held_on=date(2025, 1, 1))
    planned = MeetingFactory(
        committee=meeting.committee, held_on=None, state="prepared", planned_for=parse_fuzzy_date("1er trimestre 2027")
    )
    assert kinds() == []
    planned.planned_for = parse_fuzzy_date("1er trimestre 2026")
    planned.save()
    assert kinds() == ["no_meeting"]


def test_no_meeting_counts_a_joint_meeting(prefecture):
    meeting = MeetingFactory(held_on=date(2025, 1, 1))
    joint = MeetingFactory(held_on=date(2026, 10, 20))
    assert kinds() == ["no_meeting"]
    joint.joint_links.create(committee=meeting.committee)
    assert kinds() == []


@pytest.mark.parametrize(("created_on", "expected"), [(22, ["no_meeting"]), (23, [])])
def test_no_meeting_ever_counts_from_the_day_the_committee_was_entered(prefecture, created_on, expected):
    row = CommitteeFactory()
    Committee.objects.filter(pk=row.pk).update(created_at=datetime(2026, 1, created_on, 12, tzinfo=UTC))
    assert kinds() == expected


def test_a_committee_that_merged_is_not_warned_of(prefecture):
    seat = SeatFactory(committee=committee())
    assert kinds() == ["seat_vacant"]
    Committee.objects.filter(pk=seat.committee_id).update(merged_into=committee(), merged_on=TODAY)
    assert kinds() == []


@pytest.mark.parametrize("rows", [1, 15])
def test_warnings_cost_five_queries(prefecture, count_queries, rows):
    for _ in range(rows):
        MandateFactory(seat=SeatFactory(committee=committee()), ends_on=NEXT_WEEK)
        SeatFactory(committee=committee(), organisation=OrganisationFactory())
        MeetingFactory(held_on=date(2025, 1, 1))
    found = []
    assert count_queries(lambda: found.extend(all_warnings(Committee.objects.all(), TODAY))) == 5
    assert len(found) == 3 * rows
