"""The form of a line: what is seldom needed is folded away, and unfolds as soon as it says something."""

import re

import pytest
from django.urls import reverse

from clu_portal.tests.factories import PersonFactory
from committees.meetings.forms.attendance import GROUPS, SELDOM, AttendanceForm
from committees.meetings.models import Attendance, MissedItem
from committees.tests.factories import AgendaItemFactory, MeetingFactory, referent

PERSONS, STANDING_IN, HOURS = SELDOM
LINE = {"status": "present", "capacity": "member", "mode": "room", "printed_line": "Mme A"}


@pytest.fixture
def line(prefecture) -> Attendance:
    return Attendance.objects.create(meeting=MeetingFactory(), printed_line="Mme A")


def opened(client, line: Attendance, typed: dict | None = None) -> list[str]:
    client.force_login(referent())
    address = reverse("committees:attendance_update", args=[line.prefecture.slug, line.pk])
    page = (client.post(address, typed) if typed else client.get(address)).content.decode()
    found = re.findall(r"<details class=\"portal-folded\"( open)?>\s*<summary[^>]*>(.*?)</summary>", page)
    assert [legend for _, legend in found] == SELDOM
    return [legend for is_open, legend in found if is_open]


def missing_an_item(line: Attendance) -> None:
    MissedItem.objects.create(attendance=line, agenda_item=AgendaItemFactory(meeting=line.meeting))


def naming_two(line: Attendance) -> None:
    line.others.create(person=PersonFactory())


def with_values(**values):
    return lambda line: Attendance.objects.filter(pk=line.pk).update(**values)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (with_values(), []),
        (with_values(office="présidente", sub_heading="Usagers", body="Union"), []),
        (with_values(arrived_at="14:45"), [HOURS]),
        (missing_an_item, [HOURS]),
        (with_values(names="Mme A ; M. B"), [PERSONS]),
        (with_values(gender="feminine"), [PERSONS]),
        (naming_two, [PERSONS]),
        (with_values(representation="represented_by", other_side="M. B"), [STANDING_IN]),
        (with_values(other_office="cheffe du bureau", left_at="16:00"), [STANDING_IN, HOURS]),
    ],
)
def test_group_unfolds_when_it_says_something(client, line, known, expected):
    known(line)
    assert opened(client, line) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"printed_line": ""}, []),
        ({"printed_line": "", "names": "M. B"}, [PERSONS]),
        ({"arrived_at": "25:00"}, [HOURS]),
        ({"representation": "represented_by"}, [STANDING_IN]),
        ({"proxy_to": "0"}, [STANDING_IN]),
    ],
)
def test_group_unfolds_when_something_in_it_was_typed_or_is_refused(client, line, typed, expected):
    assert opened(client, line, LINE | typed) == expected


def test_every_field_is_in_one_group(line):
    in_groups = [name for _, names in GROUPS for name in names]
    assert sorted(in_groups) == sorted(AttendanceForm(instance=line).fields)
