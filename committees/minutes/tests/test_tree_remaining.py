"""What remains to look at: the table frontend/tests/remaining.test.js reads too, and what the server alone knows."""

import json
from pathlib import Path

import pytest

from committees.minutes.tests.trees import node, section
from committees.minutes.tree.agenda_cited import uncited
from committees.minutes.tree.remaining import remaining
from committees.minutes.tree.schema import check_sections

HERE = Path(__file__).parent
CASES = json.loads((HERE / "remaining_cases.json").read_text("utf-8"))
CITED = json.loads((HERE / "agenda_cited_cases.json").read_text("utf-8"))
ACTION = "33333333-3333-4333-8333-333333333333"


def names(cases):
    return [case["case"] for case in cases]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_remaining(case):
    check_sections(case["sections"])
    points = remaining(case["sections"], case["facts"])
    assert [[point.kind, point.text, point.section] for point in points] == case["points"]


@pytest.mark.parametrize("case", CITED, ids=names(CITED))
def test_uncited(case):
    left = uncited(case["agenda"], [tuple(heading) for heading in case["headings"]], case["openings"])
    assert [item["title"] for item in left] == case["left"]


def test_an_action_the_plan_no_longer_holds_would_be_false():
    text = [section(node("action", id=ACTION, title="Afficher", owner="M. Tissot"))]
    assert remaining(text, {"actions": []}) == remaining(text, {"actions": []}, plan={ACTION}) == []
    (gone,) = remaining(text, {"actions": []}, plan=set())
    assert (gone.text, gone.is_false) == ("Action citée qui n’est plus au plan d’actions : « Afficher ».", True)


def test_what_is_left_to_write_is_not_false():
    (empty,) = remaining([section(node("heading", "Délais"))], {})
    assert not empty.is_false
