"""The headings of the attendance list: proposed from the colleges, and given to several lines in one gesture."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from committees.composition.models import College
from committees.meetings import acts
from committees.meetings.facts import attendance_facts
from committees.meetings.models import Attendance
from committees.meetings.tests.lists import line_of, printed, proposed, tick
from committees.tests.factories import MeetingFactory, secretary_general

AUBERT, BRUN, COLIN = (f"Association {name} : Mme {name}" for name in ("Aubert", "Brun", "Colin"))


@pytest.fixture
def colleges(meeting):
    """The first seat is of the users, the two others of the State, in this order."""
    users = College.objects.create(committee=meeting.committee, label="Usagers", position=1)
    state = College.objects.create(committee=meeting.committee, label="État", position=2)
    meeting.committee.seats.filter(position=1).update(college=users)
    meeting.committee.seats.filter(position__in=[2, 3]).update(college=state)


def test_proposed_lines_are_printed_by_college_under_their_heading(meeting, by, colleges):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="present", Colin="excused")
    assert attendance_facts(meeting) == [
        {"heading": "Présentes", "lines": []},
        {"heading": "Usagers", "lines": [AUBERT], "depth": 1},
        {"heading": "État", "lines": [BRUN], "depth": 1},
        {"heading": "Excusée", "lines": [COLIN]},
    ]


def test_excused_are_printed_by_college_once_their_heading_is_typed(meeting, by, colleges):
    proposed(meeting, by)
    tick(meeting, by, Colin="excused")
    acts.head_lines(meeting=meeting, lines=[line_of(meeting, "Colin").pk], level="heading", title="Excusés :", by=by)
    assert attendance_facts(meeting) == [
        {"heading": "Excusés :", "lines": []},
        {"heading": "État", "lines": [COLIN], "depth": 1},
    ]


def test_lines_of_a_composition_without_colleges_have_one_level(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    assert attendance_facts(meeting) == [{"heading": "Présente", "lines": [AUBERT]}]


def test_line_without_a_sub_heading_comes_first_under_its_heading(meeting, by, colleges):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="present")
    acts.head_lines(meeting=meeting, lines=[line_of(meeting, "Brun").pk], level="sub_heading", by=by)
    assert printed(meeting) == [("Présentes", [BRUN]), ("Usagers", [AUBERT])]


def test_sub_heading_under_no_heading_is_one(meeting, by):
    common = {"group_heading": "", "sub_heading": "Usagers", "status": "present", "capacity": "member"}
    acts.record_attendance(meeting=meeting, lines=["Mme A"], by=by, **common)
    assert attendance_facts(meeting) == [{"heading": "Usagers", "lines": ["Mme A"]}]


@pytest.mark.parametrize(
    ("level", "title", "first", "third"),
    [
        ("heading", "Étaient là", ("Étaient là", "Usagers"), ("Présente", "")),
        ("heading", "", ("Présentes", "Usagers"), ("Présentes", "")),
        ("sub_heading", "Associations", ("Présentes", "Associations"), ("Présentes", "")),
        ("sub_heading", "", ("Présentes", ""), ("Présentes", "")),
        ("college", "", ("Présentes", "Usagers"), ("Présentes", "")),
    ],
)
def test_title_is_given_to_the_lines_chosen_and_no_other(meeting, by, colleges, level, title, first, third):
    proposed(meeting, by)
    meeting.attendances.filter(person__surname="Colin").update(sub_heading="")
    tick(meeting, by, Aubert="present", Colin="present")
    chosen = [line_of(meeting, name).pk for name in ("Aubert", "Brun")]
    acts.head_lines(meeting=meeting, lines=chosen, level=level, title=title, by=by)
    found = [line_of(meeting, name) for name in ("Aubert", "Colin")]
    assert [(line.group_heading, line.sub_heading) for line in found] == [first, third]


def test_line_of_another_meeting_takes_no_title(meeting, by):
    foreign = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme Z")
    with pytest.raises(ValidationError) as refusal:
        acts.head_lines(meeting=meeting, lines=[foreign.pk], level="heading", title="Venus", by=by)
    assert refusal.value.code == "already_removed"
    assert Attendance.objects.get(pk=foreign.pk).group_heading == ""


def test_title_given_by_the_secretary_general_is_refused(meeting):
    with pytest.raises(PermissionDenied):
        acts.head_lines(meeting=meeting, lines=[], level="college", by=secretary_general())


def post(client, meeting, by, **typed):
    client.force_login(by)
    return client.post(reverse("committees:attendance_tick", args=[meeting.prefecture.slug, meeting.pk]), typed)


def test_page_shows_the_sub_heading_that_will_be_printed(client, meeting, by, colleges):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Colin="excused")
    client.force_login(by)
    page = client.get(reverse("committees:attendance_edit", args=[meeting.prefecture.slug, meeting.pk]))
    shown = re.findall(r'<p class="fr-text--sm">(.*?)</p>', page.content.decode())
    assert shown == ["« Présente » › « Usagers »", "sans rubrique › « État »", "« Excusée »"]


def test_one_button_puts_the_college_of_every_proposed_line(client, meeting, by, colleges):
    proposed(meeting, by)
    meeting.attendances.update(sub_heading="")
    line = line_of(meeting, "Aubert")
    assert post(client, meeting, by, level="college", **{f"etat-{line.pk}": "present"}).status_code == 302
    assert [line.sub_heading for line in meeting.attendances.all()] == ["Usagers", "État", "État"]
    assert line_of(meeting, "Aubert").status == "present"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"level": "heading", "title": "Venus"}, "Choisissez d&#x27;abord les lignes"),
        ({"level": "heading", "title": "a" * 121, "lines": "own"}, "120 caractères au plus"),
        ({"level": "sub_heading", "title": "a" * 161, "lines": "own"}, "160 caractères"),
        ({"title": "Venus", "lines": "own"}, "avec un des boutons"),
    ],
)
def test_title_refused_is_said_beside_it_and_loses_no_tick(client, meeting, by, typed, said):
    line = proposed(meeting, by)[0]
    own = {name: str(line.pk) if value == "own" else value for name, value in typed.items()}
    page = post(client, meeting, by, **own, **{f"etat-{line.pk}": "present"}).content.decode()
    assert said in page
    assert f'name="etat-{line.pk}" value="present" checked' in page
    assert (line_of(meeting, "Aubert").status, line_of(meeting, "Aubert").group_heading) == ("expected", "")


@pytest.mark.parametrize("is_known", [False, True])
def test_line_of_another_meeting_is_refused_as_one_that_does_not_exist(client, meeting, by, is_known):
    foreign = Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme Z")
    proposed(meeting, by)
    posted = foreign.pk if is_known else foreign.pk + 1000
    page = post(client, meeting, by, level="heading", title="Venus", lines=posted).content.decode()
    assert "Choisissez d&#x27;abord les lignes" in page
    assert Attendance.objects.get(pk=foreign.pk).group_heading == ""


@pytest.mark.parametrize(("level", "length"), [("heading", 120), ("sub_heading", 160)])
def test_longest_title_is_accepted(client, meeting, by, level, length):
    line = proposed(meeting, by)[0]
    assert post(client, meeting, by, level=level, title="a" * length, lines=line.pk).status_code == 302
    found = line_of(meeting, "Aubert")
    assert max(len(found.group_heading), len(found.sub_heading)) == length
