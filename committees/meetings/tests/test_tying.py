"""Lines typed as they are printed, tied to the seat and to the organisation whose very name they begin with."""

import pytest

from clu_portal.tests.factories import OrganisationFactory
from committees.composition.attendance import rates_of_meeting
from committees.meetings import acts
from committees.meetings.models import Meeting
from committees.meetings.tests.lists import proposed
from committees.meetings.tying import body_named
from committees.tests.factories import MandateFactory, SeatFactory


def typed(meeting: Meeting, by, *lines: str, capacity: str = "member") -> list[tuple]:
    """For each line as stored: what is printed, the organisation and the seat it is tied to."""
    common = {"status": "excused", "capacity": capacity, "group_heading": "", "heading_follows": True}
    acts.record_attendance(meeting=meeting, lines=list(lines), by=by, **common)
    return [(line.printed_line, str(line.organisation or ""), str(line.seat or "")) for line in stored(meeting)]


def stored(meeting: Meeting):
    return meeting.attendances.select_related("organisation", "seat")


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("Union des familles", "Union des familles"),
        ("Union des familles : Mme Aubert, présidente", "Union des familles"),
        ("Union des familles\u00a0: Mme Aubert", "Union des familles"),
        ("Union : familles : Mme Aubert", "Union"),
        ("Mme Aubert, présidente", "Mme Aubert, présidente"),
        ("", ""),
    ],
)
def test_body_named_is_what_stands_before_the_colon(line, body):
    assert body_named(line) == body


def test_line_is_tied_to_the_seat_and_the_organisation_it_names_and_stays_as_typed(meeting, by):
    union = OrganisationFactory(name="Union des familles")
    SeatFactory(committee=meeting.committee, organisation=union, wording="Union des familles")
    OrganisationFactory(name="Chambre des métiers")
    lines = [
        "Union des familles : Mme Noir",
        "Chambre des métiers",
        "Association Brun",
        "L'Association Brun",
        "M. Roy",
    ]
    assert typed(meeting, by, *lines) == [
        ("Union des familles : Mme Noir", "Union des familles", "Union des familles"),
        ("Chambre des métiers", "Chambre des métiers", ""),
        ("Association Brun", "", "Association Brun"),
        ("L'Association Brun", "", ""),
        ("M. Roy", "", ""),
    ]


def test_line_that_could_be_of_two_seats_or_of_a_seat_that_is_over_is_tied_to_none(meeting, by):
    SeatFactory(committee=meeting.committee, wording="Association Brun")
    SeatFactory(committee=meeting.committee, wording="Ancien siège", ends_on="2026-03-19")
    assert [seat for _, _, seat in typed(meeting, by, "Association Brun", "Ancien siège")] == ["", ""]


def test_line_of_a_guest_sits_on_no_seat(meeting, by):
    OrganisationFactory(name="Association Brun")
    assert typed(meeting, by, "Association Brun", capacity="guest") == [("Association Brun", "Association Brun", "")]


def test_line_typed_is_counted_and_its_seat_is_not_proposed_again(meeting, by):
    typed(meeting, by, "Association Brun")
    MandateFactory(seat=SeatFactory(committee=meeting.committee, wording="Dernier siège", position=9))
    assert [(rate.came, rate.excused, rate.counted) for rate in rates_of_meeting(meeting, {})] == [(0, 1, 4)]
    bodies = [line.body for line in proposed(meeting, by)]
    assert bodies == ["", "Association Aubert", "Association Colin", "Dernier siège"]


@pytest.mark.parametrize(("seats", "is_tied"), [(1, True), (2, False)])
def test_line_of_a_body_that_holds_several_seats_is_not_tied_without_its_seat(meeting, by, seats, is_tied):
    union = OrganisationFactory(name="Union des familles")
    for _ in range(seats):
        SeatFactory(committee=meeting.committee, organisation=union, wording="Autre intitulé")
    (line,) = typed(meeting, by, "Union des familles : Mme Noir")
    assert line == ("Union des familles : Mme Noir", "Union des familles" if is_tied else "", "")


def test_seat_a_line_speaks_of_without_naming_it_is_not_proposed_again(meeting, by):
    first, second = (MandateFactory(seat=SeatFactory(committee=meeting.committee)) for _ in range(2))
    line = meeting.attendances.create(
        printed_line="Deux noms", status="present", capacity="member", person=first.person
    )
    line.others.create(person=second.person)
    speaking = [line for line in proposed(meeting, by) if line.person in (first.person, second.person)]
    assert speaking == [line]
