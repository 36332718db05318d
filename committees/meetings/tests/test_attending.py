"""What each printed line of the attendance list is made of, for the layouts of the minutes."""

import pytest

from committees.meetings.attending import attendance_in_full
from committees.meetings.facts import attendance_facts
from committees.meetings.models import AttendancePerson
from committees.meetings.tests.lists import line_of, proposed, tick
from committees.meetings.wording import parts_of, rest_of
from committees.tests.factories import CollegeFactory

BODY, NAME, OFFICE = "Union des familles", "Mme Lise Aubert", "présidente"


@pytest.mark.parametrize(
    ("line", "known", "rest"),
    [
        ("Union des familles : Mme Lise Aubert, présidente", (BODY, NAME, OFFICE), ""),
        ("Union des familles : Mme Lise Aubert, présidente, par téléphone", (BODY, NAME, OFFICE), "par téléphone"),
        ("Mme Lise Aubert – présidente du comité", ("", NAME, ""), "présidente du comité"),
        ("Union des familles : représentée par Mme Colin", (BODY, "", ""), "représentée par Mme Colin"),
        ("Mme Lise Aubert, présidente, Union des familles", (BODY, NAME, OFFICE), ""),
        ("Mme Lise Aubert (Union des familles) – présidente.", (BODY, NAME, OFFICE), ""),
        ("Mme Lise Aubert, présidente, par téléphone, Union des familles", (BODY, NAME, OFFICE), None),
        ("Union des familles : Mme L. Aubert, présidente", (BODY, NAME, OFFICE), None),
        ("Un voisin", ("", "", ""), None),
    ],
)
def test_rest_of_a_line_is_what_it_says_besides_who_it_names(line, known, rest):
    assert rest_of(line, *known) == rest


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("M. Gaspard YMONET – Référent.", {"name": "M. Gaspard YMONET", "function": "Référent."}),
        ("Mme Perréol, directrice, par téléphone", {"name": "Mme Perréol", "function": "directrice, par téléphone"}),
        ("Mairie : Mme A et M. B, élus", {"body": "Mairie", "name": "Mme A et M. B", "function": "élus"}),
        ("Mairie : MM. Brun et Roux", {"body": "Mairie", "name": "MM. Brun et Roux"}),
        ("Directrice : représentée par Mme Colin", {}),
        ("Mme Colin", {}),
        ("Un voisin, venu en curieux", {}),
    ],
)
def test_parts_of_a_line_typed_by_hand_are_in_its_own_words(line, parts):
    assert parts_of(line) == parts


def rows(meeting) -> list[dict]:
    return [row for group in attendance_in_full(meeting) for row in group["rows"]]


def test_rows_say_what_a_line_is_made_of(meeting, by):
    proposed(meeting, by)
    line = line_of(meeting, "Aubert")
    college = CollegeFactory(committee=meeting.committee, label="Collège des usagers")
    meeting.committee.seats.filter(pk=line.seat_id).update(college=college)
    tick(meeting, by, Aubert="excused")
    assert rows(meeting) == [
        {
            "id": str(line.uuid),
            "line": "Association Aubert : Mme Aubert",
            "name": "Mme Aubert",
            "body": "Association Aubert",
            "college": "Collège des usagers",
            "state": "excusée",
        }
    ]


def test_row_names_every_person_of_its_line(meeting, by):
    proposed(meeting, by)
    other = AttendancePerson.objects.create(
        attendance=line_of(meeting, "Aubert"), person=line_of(meeting, "Brun").person
    )
    tick(meeting, by, Aubert="present")
    assert rows(meeting)[0]["name"] == f"Mme Aubert et {other.person}"
    assert rows(meeting)[0]["state"].startswith("présent")


def test_line_typed_otherwise_than_what_is_known_stays_whole(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    line = line_of(meeting, "Aubert")
    line.printed_line, line.line_follows = "La présidente des familles", False
    line.save()
    assert rows(meeting) == [{"id": str(line.uuid), "line": line.printed_line, "state": "présente"}]


def test_rows_are_those_of_the_lines_printed_absent_or_not(meeting, by):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    for prints_absent in (False, True):
        meeting.prints_absent = prints_absent
        printed = [group["lines"] for group in attendance_facts(meeting)]
        assert [group["lines"] for group in attendance_in_full(meeting)] == printed
    absent = rows(meeting)[1:]
    assert [(row["body"], row["name"], row["state"]) for row in absent] == [
        ("Association Brun", "Mme Brun", "absente"),
        ("Association Colin", "Mme Colin", "absente"),
    ]


def test_absents_are_printed_in_every_layout_once_chosen(meeting, by):
    from committees.minutes.tests.trees import node, section
    from committees.minutes.tree.draw import draw

    proposed(meeting, by)
    tick(meeting, by, Aubert="present")
    for layout in ("grouped", "two_columns", "header_table", "side_by_side", "college_table", "three_columns"):
        for prints_absent in (False, True):
            meeting.prints_absent = prints_absent
            facts = {"attendance": attendance_in_full(meeting)}
            page = draw([section(node("attendance", layout=layout))], facts, "screen").replace("\u00a0", " ")
            assert ("Mme Colin" in page, "Mme Aubert" in page) == (prints_absent, True), layout


def test_attendance_in_full_costs_one_query(meeting, by, count_queries):
    proposed(meeting, by)
    tick(meeting, by, Aubert="present", Brun="present", Colin="excused")
    attendance_in_full(meeting)
    assert count_queries(lambda: attendance_in_full(meeting)) == 1
