from datetime import date

import pytest

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition.attendance import attendance_rates, kept_rates, rates_of_meeting
from committees.meetings.acts import record_states
from committees.meetings.models import Attendance
from committees.tests.factories import (
    CollegeFactory,
    CommitteeFactory,
    MandateFactory,
    MeetingFactory,
    SeatFactory,
    referent,
)

MARCH = date(2026, 3, 20)


def line(meeting, status="present", **who) -> Attendance:
    capacity = who.pop("capacity", "member")
    return meeting.attendances.create(printed_line="Ligne", status=status, capacity=capacity, **who)


def seat_of(organisation, **values):
    committee = values.pop("committee", None) or CommitteeFactory()
    return SeatFactory(committee=committee, organisation=organisation, **values)


def found(committee) -> list[tuple]:
    rates = attendance_rates(committee)
    return [(rate.label, rate.came, rate.excused, rate.counted) for rate in rates.organisations]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("present", (1, 0, 1)), ("represented", (1, 0, 1)), ("excused", (0, 1, 1)), ("absent", (0, 0, 1))],
)
def test_rates_by_status(prefecture, status, expected):
    organisation = OrganisationFactory(name="Familles")
    seat = seat_of(organisation)
    line(MeetingFactory(committee=seat.committee), status, organisation=organisation)
    assert found(seat.committee) == [("Familles", *expected)]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counted"),
    [
        (date(2026, 3, 20), None, 1),
        (date(2026, 3, 21), None, 0),
        (None, date(2026, 3, 20), 1),
        (None, date(2026, 3, 19), 0),
        (None, None, 1),
    ],
)
def test_rates_never_count_a_day_when_the_seat_did_not_exist(prefecture, starts_on, ends_on, counted):
    organisation = OrganisationFactory(name="Familles")
    seat = seat_of(organisation, starts_on=starts_on, ends_on=ends_on)
    line(MeetingFactory(committee=seat.committee, held_on=MARCH), organisation=organisation)
    assert found(seat.committee) == [("Familles", counted, 0, counted)]


def test_rates_of_a_meeting_without_a_list_are_unknown_and_not_zero(prefecture):
    seat = seat_of(OrganisationFactory(name="Familles"))
    MeetingFactory(committee=seat.committee)
    rates = attendance_rates(seat.committee)
    assert (rates.is_known, [rate.pct for rate in rates.organisations]) == (False, [None])


def test_rates_of_a_list_with_a_line_tied_to_nobody_are_unknown_for_who_has_no_line(prefecture):
    """The line that names nobody may be theirs."""
    here, perhaps = OrganisationFactory(name="Ici"), OrganisationFactory(name="Peut-être")
    committee = seat_of(here).committee
    MandateFactory(seat=seat_of(perhaps, committee=committee))
    meeting = MeetingFactory(committee=committee)
    line(meeting, organisation=here)
    unknown = line(meeting)
    assert found(committee) == [("Ici", 1, 0, 1), ("Peut-être", 0, 0, 0)]
    unknown.delete()
    assert found(committee) == [("Ici", 1, 0, 1), ("Peut-être", 0, 0, 1)]


@pytest.mark.parametrize("state", ["prepared", "convened", "cancelled", "postponed"])
def test_rates_count_meetings_held_only(prefecture, state):
    organisation = OrganisationFactory(name="Familles")
    seat = seat_of(organisation)
    line(MeetingFactory(committee=seat.committee, state=state), organisation=organisation)
    assert found(seat.committee) == [("Familles", 0, 0, 0)]


def test_rates_do_not_count_guests(prefecture):
    organisation = OrganisationFactory(name="Familles")
    seat = seat_of(organisation)
    line(MeetingFactory(committee=seat.committee), organisation=organisation, capacity="guest")
    assert found(seat.committee) == [("Familles", 0, 0, 0)]


def test_rates_know_a_person_by_the_seat_they_held_that_day(prefecture):
    """Two seats of one organisation: who sits on the first does not sit for the second."""
    organisation = OrganisationFactory(name="Maires")
    north = MandateFactory(seat=seat_of(organisation, territory="Nord"), starts_on=date(2026, 1, 1))
    MandateFactory(seat=seat_of(organisation, committee=north.seat.committee, territory="Sud"))
    line(MeetingFactory(committee=north.seat.committee), person=north.person, organisation=organisation)
    assert found(north.seat.committee) == [("Maires", 1, 0, 2)]


def test_rates_of_a_person_whose_mandate_had_ended_are_those_of_the_organisation(prefecture):
    organisation = OrganisationFactory(name="Maires")
    former = MandateFactory(seat=seat_of(organisation), ends_on=date(2026, 3, 19))
    MandateFactory(seat=former.seat, starts_on=MARCH)
    meeting = MeetingFactory(committee=former.seat.committee, held_on=MARCH)
    attendance = line(meeting, person=former.person)
    assert found(former.seat.committee) == [("Maires", 0, 0, 1)]
    attendance.organisation = organisation
    attendance.save()
    assert found(former.seat.committee) == [("Maires", 1, 0, 1)]


def test_rates_by_college_add_up_their_seats(prefecture):
    committee = CommitteeFactory()
    users = CollegeFactory(committee=committee, label="Usagers")
    meeting = MeetingFactory(committee=committee)
    for status in ("present", "absent", "present"):
        organisation = OrganisationFactory()
        seat_of(organisation, committee=committee, college=users)
        line(meeting, status, organisation=organisation)
    line(meeting, person=MandateFactory(seat=SeatFactory(committee=committee), person=PersonFactory()).person)
    colleges = attendance_rates(committee).colleges
    assert [(rate.label, str(rate.pct)) for rate in colleges] == [("Usagers", "66.7"), ("Sans collège", "100.0")]


@pytest.mark.parametrize(("ends_on", "counted"), [(date(2026, 3, 20), 1), (date(2026, 3, 19), 0)])
def test_rates_do_not_expect_anybody_of_a_vacant_seat(prefecture, ends_on, counted):
    seat = seat_of(OrganisationFactory(name="Maires"))
    MandateFactory(seat=seat, ends_on=ends_on)
    line(MeetingFactory(committee=seat.committee, held_on=MARCH), person=PersonFactory())
    assert found(seat.committee) == [("Maires", 0, 0, counted)]


def test_rates_of_a_line_not_filled_in_yet_are_unknown(prefecture):
    organisation = OrganisationFactory(name="Maires")
    seat = MandateFactory(seat=seat_of(organisation)).seat
    attendance = line(MeetingFactory(committee=seat.committee), "expected", organisation=organisation)
    assert found(seat.committee) == [("Maires", 0, 0, 0)]
    attendance.status = "absent"
    attendance.save()
    assert found(seat.committee) == [("Maires", 0, 0, 1)]


def test_rates_follow_the_seat_a_line_names_or_sits_for(prefecture):
    """One organisation, two seats: the line that names a seat is of no other."""
    organisation = OrganisationFactory(name="Maires")
    north = MandateFactory(seat=seat_of(organisation, territory="Nord")).seat
    south = MandateFactory(seat=seat_of(organisation, committee=north.committee, territory="Sud")).seat
    meeting = MeetingFactory(committee=north.committee)
    line(meeting, organisation=organisation, seat=north)
    assert found(north.committee) == [("Maires", 1, 0, 2)]
    line(meeting, seat=north, substitute_for=south)
    assert found(north.committee) == [("Maires", 2, 0, 2)]


def test_rates_count_joint_meetings_for_each_committee(prefecture):
    organisation = OrganisationFactory(name="Maires")
    committee, other = (seat_of(organisation).committee for _ in range(2))
    meeting = MeetingFactory(committee=committee)
    line(MeetingFactory(committee=other), organisation=organisation)
    line(meeting, organisation=organisation)
    meeting.joint_links.create(committee=other)
    assert (found(committee), found(other)) == ([("Maires", 1, 0, 1)], [("Maires", 2, 0, 2)])


@pytest.mark.parametrize("rows", [1, 20])
def test_rates_cost_one_query(prefecture, count_queries, rows):
    committee = CommitteeFactory()
    for _ in range(rows):
        organisation = OrganisationFactory()
        seat_of(organisation, committee=committee)
        line(MeetingFactory(committee=committee), organisation=organisation)
    assert count_queries(lambda: attendance_rates(committee)) == 1


def test_rates_of_lines_proposed_and_not_noted_are_unknown_and_not_zero(prefecture):
    organisation = OrganisationFactory(name="Familles")
    seat = seat_of(organisation)
    meeting = MeetingFactory(committee=seat.committee)
    proposed = line(meeting, "expected", organisation=organisation, seat=seat)
    assert found(seat.committee) == [("Familles", 0, 0, 0)]
    meeting.attendances.filter(pk=proposed.pk).update(status="excused")
    assert found(seat.committee) == [("Familles", 0, 1, 1)]


def test_rates_follow_the_seat_a_line_names(prefecture):
    """Two seats of one organisation, one line each: the one that came is not counted twice."""
    organisation = OrganisationFactory(name="Familles")
    first = seat_of(organisation)
    second = seat_of(organisation, committee=first.committee)
    meeting = MeetingFactory(committee=first.committee)
    line(meeting, "present", organisation=organisation, seat=first)
    line(meeting, "absent", organisation=organisation, seat=second)
    assert found(first.committee) == [("Familles", 1, 0, 2)]


NOTHING, MISSED, CAME, EXCUSED = [], [(0, 0, 1)], [(1, 0, 1)], [(0, 1, 1)]


@pytest.mark.parametrize(
    ("others", "own", "by_office", "held", "vacant"),
    [
        ("no line", None, NOTHING, NOTHING, NOTHING),
        ("no line", "expected", NOTHING, NOTHING, NOTHING),
        ("no line", "present", CAME, CAME, CAME),
        ("no line", "absent", MISSED, MISSED, MISSED),
        ("expected", None, NOTHING, NOTHING, NOTHING),
        ("expected", "expected", NOTHING, NOTHING, NOTHING),
        ("noted", None, MISSED, MISSED, NOTHING),
        ("noted", "expected", MISSED, MISSED, NOTHING),
        ("noted", "present", CAME, CAME, CAME),
        ("noted", "represented", CAME, CAME, CAME),
        ("noted", "excused", EXCUSED, EXCUSED, EXCUSED),
        ("noted", "absent", MISSED, MISSED, MISSED),
        ("tied to nobody", None, NOTHING, NOTHING, NOTHING),
        ("tied to nobody", "expected", MISSED, MISSED, NOTHING),
        ("tied to nobody", "excused", EXCUSED, EXCUSED, EXCUSED),
    ],
)
def test_one_rule_gives_the_page_of_the_meeting_and_that_of_the_committee_the_same_figure(
    prefecture, others, own, by_office, held, vacant
):
    """By office or held by somebody, a seat is expected the same way; a vacant one counts when somebody speaks."""
    for basis, has_holder, expected in (
        ("by_office", False, by_office),
        ("designated", True, held),
        ("designated", False, vacant),
    ):
        meeting = MeetingFactory(held_on=MARCH)
        college = CollegeFactory(committee=meeting.committee, label="Ici")
        seat = SeatFactory(committee=meeting.committee, college=college, basis=basis)
        if has_holder:
            MandateFactory(seat=seat)
        if own:
            line(meeting, own, seat=seat)
        beside = {"noted": {"person": PersonFactory()}, "tied to nobody": {}, "expected": {"person": PersonFactory()}}
        if others in beside:
            line(meeting, "expected" if others == "expected" else "present", **beside[others])
        of_meeting = rates_of_meeting(meeting, {})
        of_committee = [rate for rate in attendance_rates(meeting.committee).colleges if rate.counted]
        for rates in (of_meeting, of_committee):
            assert [(rate.came, rate.excused, rate.counted) for rate in rates] == expected, (basis, has_holder)


@pytest.mark.parametrize("rows", [1, 20])
def test_rates_of_a_meeting_cost_one_query_and_know_its_seats_whatever_its_state(prefecture, count_queries, rows):
    meeting = MeetingFactory(state="convened")
    for _ in range(rows):
        line(meeting, seat=seat_of(OrganisationFactory(), committee=meeting.committee))
    found = []
    assert count_queries(lambda: found.extend(rates_of_meeting(meeting, {}))) <= 2  # and the committees of a joint one
    assert [(rate.label, rate.came, rate.counted) for rate in found] == [("Ensemble des sièges", rows, rows)]


def test_rates_of_a_meeting_without_a_day_are_unknown(prefecture):
    meeting = MeetingFactory(held_on=None)
    line(meeting, seat=seat_of(OrganisationFactory()))
    assert rates_of_meeting(meeting, {}) == ()


def test_rates_kept_are_those_of_the_committee_and_follow_the_next_act(prefecture):
    meeting = MeetingFactory()
    seat = MandateFactory(seat__committee=meeting.committee).seat
    line = Attendance.objects.create(meeting=meeting, seat=seat, status="present", printed_line="Mme A")
    known = kept_rates(meeting.committee)
    assert known == kept_rates(meeting.committee) == attendance_rates(meeting.committee)
    record_states(meeting=meeting, states={line.pk: "absent"}, by=referent())
    assert kept_rates(meeting.committee) == attendance_rates(meeting.committee) != known
