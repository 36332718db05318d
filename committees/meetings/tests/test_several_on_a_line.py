"""A line that names several persons speaks of the seat of each: rates, quorum, absent, « siègent, invités, venus »."""

import pytest

from clu_portal.tests.factories import OrganisationFactory, PersonFactory
from committees.composition.attendance import attendance_rates
from committees.meetings.facts import absent_of
from committees.meetings.models import CommitteeRules, Meeting
from committees.meetings.participants import participants_of
from committees.meetings.standing import standings
from committees.tests.factories import CommitteeFactory, MandateFactory, MeetingFactory, SeatFactory


@pytest.fixture
def seats(prefecture):
    """Two seats of one body."""
    body, committee = OrganisationFactory(), CommitteeFactory()
    CommitteeRules.objects.create(committee=committee, has_quorum=True)
    seats = [SeatFactory(committee=committee, organisation=body, wording=f"Siège {number}") for number in (1, 2)]
    for seat in seats:
        MandateFactory(seat=seat, person=PersonFactory(organisation=body))
    return seats


def holder(seat):
    return seat.mandates.get().person


@pytest.mark.parametrize(("second_sits", "filled"), [(True, 2), (False, 1)], ids=["both sit", "one sits"])
@pytest.mark.parametrize("names_the_seat", [True, False], ids=["of a seat", "of a person"])
def test_each_person_of_a_line_counts_for_their_own_seat(seats, second_sits, filled, names_the_seat):
    first, second = seats
    meeting = MeetingFactory(committee=first.committee, state="held")
    seat = first if names_the_seat else None
    line = meeting.attendances.create(printed_line="Deux noms", seat=seat, person=holder(first), status="present")
    line.others.create(person=holder(second) if second_sits else PersonFactory())
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert [(rate.came, rate.counted) for rate in attendance_rates(first.committee).colleges] == [(filled, 2)]
    assert standings(meeting)[0].quorum.present == filled
    assert [seat.wording for seat in absent_of(meeting)] == ([] if second_sits else ["Siège 2"])
    came = {row.wording: len(row.came) for row in participants_of(meeting).rows}
    assert came.get("Siège 2", 0) == second_sits


def test_each_person_of_a_line_excused_is_excused_for_their_seat(seats):
    first, second = seats
    meeting = MeetingFactory(committee=first.committee, state="held")
    line = meeting.attendances.create(printed_line="Deux noms", seat=first, person=holder(first), status="excused")
    line.others.create(person=holder(second))
    (rate,) = attendance_rates(first.committee).colleges
    assert (rate.came, rate.excused, rate.counted) == (0, 2, 2)
