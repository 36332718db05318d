"""Lines under their headings: the order typed is the order printed, and recording a presence moves nothing."""

import pytest

from committees.meetings.models import Attendance
from committees.meetings.printing import printed_groups
from committees.meetings.tests.lists import printed, proposed, tick

FOLLOWS = {"Présent": ("present", "member"), "Invité": ("present", "guest"), "Excusé": ("excused", "member")}


def lines(said: str) -> list[Attendance]:
    """« a:Présent b:*Venus »: each line with its heading; a star before a heading that was typed."""
    found = []
    for name, _, heading in (one.partition(":") for one in said.split()):
        status, capacity = FOLLOWS.get(heading, ("present", "member"))
        line = Attendance(printed_line=name, group_heading=heading.removeprefix("*"), status=status, capacity=capacity)
        line.heading_follows = not heading.startswith("*")
        found.append(line)
    return found


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("a:Présent b:Présent", [("Présent", "ab")]),
        ("a:Présent b:Excusé c:Présent", [("Présent", "ac"), ("Excusé", "b")]),
        ("a:Excusé b:Présent", [("Présent", "b"), ("Excusé", "a")]),
        ("a:Excusé b:Invité c:Présent", [("Présent", "c"), ("Invité", "b"), ("Excusé", "a")]),
        ("a:*Usagers b:*État c:*Usagers", [("Usagers", "ac"), ("État", "b")]),
        ("a:*Venus b:Excusé c:Présent", [("Venus", "a"), ("Présent", "c"), ("Excusé", "b")]),
        ("a:Excusé b:*Venus c:Présent", [("Présent", "c"), ("Venus", "b"), ("Excusé", "a")]),
        ("a:*Présent b:Présent", [("Présent", "ab")]),
    ],
)
def test_each_heading_is_printed_once_in_the_order_typed(typed, expected):
    groups = [(group["heading"], "".join(group["lines"])) for group in printed_groups(lines(typed))]
    assert groups == expected


@pytest.mark.parametrize("ticked", ["Aubert", "Brun", "Colin"])
def test_line_ticked_present_stays_where_it_is(meeting, by, ticked):
    before = [line.pk for line in proposed(meeting, by)]
    tick(meeting, by, **{ticked: "present"})
    assert [line.pk for line in meeting.attendances.all()] == before


def test_lines_ticked_one_after_the_other_are_printed_in_the_order_of_the_list(meeting, by):
    proposed(meeting, by)
    for name in ("Colin", "Aubert", "Brun"):
        tick(meeting, by, **{name: "present"})
    names = ["Aubert", "Brun", "Colin"]
    assert printed(meeting) == [("Présentes", [f"Association {name} : Mme {name}" for name in names])]
