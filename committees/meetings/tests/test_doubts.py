"""A substitute of one seat who sits for another: written as it was, with a word to look again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clu_portal.tests.factories import PersonFactory
from committees.meetings.doubts import doubts_of, other_seat, seats_held_instead
from committees.meetings.models import Attendance
from committees.meetings.sitting import Sitting
from committees.tests.factories import MandateFactory, MeetingFactory, SeatFactory


@pytest.mark.parametrize(
    ("person", "seat", "expected"),
    [(1, 10, []), (1, 20, []), (2, 10, []), (2, 20, ["Maires"]), (3, 10, [])],
)
def test_seat_held_instead_of_the_one_sat_in(prefecture, person, seat, expected):
    first, second = PersonFactory.build(pk=1), PersonFactory.build(pk=2)
    common = {"committee_id": 1, "organisation": None, "college": ""}
    sittings = [
        Sitting(seat_id=10, wording="Maires", full_member=first, substitutes=(second,), **common),
        Sitting(seat_id=20, wording="Familles", full_member=first, substitutes=(), **common),
    ]
    assert seats_held_instead(person, seat, sittings) == expected


def substituted(meeting, person, seat) -> Attendance:
    values = {"representation": "substitute", "seat": seat, "other_side": "M. B", "printed_line": "Mme A"}
    return Attendance.objects.create(meeting=meeting, person=person, status="present", **values)


def test_substitute_of_another_seat_is_said_after_saving_the_line(client, by):
    meeting = MeetingFactory()
    seats = [SeatFactory(committee=meeting.committee, wording=name) for name in ("Familles", "Maires")]
    mandate = MandateFactory(seat=seats[0], kind="substitute")
    lines = {seat.wording: substituted(meeting, mandate.person, seat) for seat in seats}
    assert "« Familles »" in other_seat(lines["Maires"])
    client.force_login(by)
    for wording, expected in (("Familles", False), ("Maires", True)):
        line = lines[wording]
        page = reverse("committees:attendance_update", args=[meeting.prefecture.slug, line.pk])
        values = client.get(page).context["form"].initial
        posted = {name: value for name, value in values.items() if value not in (None, "", [], False)}
        answer = client.post(page, posted, follow=True)
        assert Attendance.objects.get(pk=line.pk).substitute_for.wording == wording
        assert ("tient ce jour-là un autre siège : « Familles »" in answer.content.decode()) is expected


def test_mandate_over_on_the_day_of_the_meeting_says_nothing(by):
    meeting = MeetingFactory()
    seats = [SeatFactory(committee=meeting.committee) for _ in range(2)]
    for last_day, expected in ((meeting.held_on - timedelta(days=1), False), (meeting.held_on, True)):
        person = MandateFactory(seat=seats[0], ends_on=last_day, kind="substitute").person
        assert bool(other_seat(substituted(meeting, person, seats[1]))) is expected


@pytest.mark.parametrize(
    ("status", "is_beside", "expected"),
    [("absent", False, "absent"), ("present", False, "présent"), ("present", True, "présent")],
)
def test_person_named_on_two_lines_is_said(by, status, is_beside, expected):
    meeting, person = MeetingFactory(), PersonFactory()
    other = meeting.attendances.create(printed_line="Ligne d'avant", status=status, capacity="member")
    if is_beside:
        other.others.create(person=person)
    else:
        Attendance.objects.filter(pk=other.pk).update(person=person)
    line = meeting.attendances.create(printed_line="Ligne", status="present", capacity="member", person=person)
    (said,) = doubts_of(line)
    assert said == f"{person} figure aussi sur la ligne « Ligne d'avant » ({expected}). Gardez celle qui est juste."


def test_person_named_once_or_at_another_meeting_is_not_said(by):
    person = PersonFactory()
    lines = [
        MeetingFactory().attendances.create(printed_line="Ligne", status="present", capacity="member", person=person)
        for _ in range(2)
    ]
    assert [doubts_of(line) for line in lines] == [[], []]
