"""The differences between the facts taken and those of today, and taking one and nothing else: tables, no database."""

import pytest

from committees.minutes.tree.changes import FACTS, changes, take

AUBERT = {"id": "a", "line": "Familles : Mme Aubert", "name": "Mme Aubert", "college": "Usagers", "state": "présente"}
BRUN = {"id": "b", "line": "Mairie : M. Brun", "name": "M. Brun", "state": "présent"}
COLIN = {"id": "c", "line": "Mme Colin", "state": "présente"}
EXCUSED = BRUN | {"state": "excusé"}
ITEMS = [{"label": "1.", "title": "Accueil", "depth": 0}, {"label": "2.", "title": "Visite", "depth": 0}]
ACTION = {"id": "x", "title": "Poser un panneau", "owner": "", "due": "", "state": "proposée"}
DONE = ACTION | {"state": "réalisée"}


def group(heading, *rows, **more):
    return {"heading": heading, "lines": [row["line"] for row in rows], "rows": list(rows), **more}


def told(accepted, today):
    return [(change.fact, change.former, change.new) for change in changes(accepted, today)]


PRESENT = [group("Présents", AUBERT, BRUN)]
CASES = {
    "nothing": ({"attendance": PRESENT, "agenda": ITEMS}, {"attendance": PRESENT, "agenda": ITEMS}, []),
    "never-taken": ({}, {"attendance": PRESENT, "chair": "Mme Diaz"}, []),
    "first-line": (
        {"attendance": []},
        {"attendance": [group("Présente", AUBERT)]},
        [("attendance", (), ("Rubrique « Présente »", "Familles : Mme Aubert"))],
    ),
    "line-added": (
        {"attendance": [group("Présents", AUBERT, BRUN)]},
        {"attendance": [group("Présents", AUBERT, COLIN, BRUN)]},
        [("attendance", (), ("Mme Colin (Présents)",))],
    ),
    "two-lines-added": (
        {"attendance": [group("Présents", AUBERT)]},
        {"attendance": [group("Présents", AUBERT, COLIN, BRUN)]},
        [("attendance", (), ("Mme Colin (Présents)",)), ("attendance", (), ("Mairie : M. Brun (Présents)",))],
    ),
    "line-removed": (
        {"attendance": PRESENT},
        {"attendance": [group("Présents", BRUN)]},
        [("attendance", ("Familles : Mme Aubert (Présents)",), ())],
    ),
    "line-changed": (
        {"attendance": PRESENT},
        {"attendance": [group("Présents", AUBERT | {"line": "Familles : Mme Aubert, par téléphone"}, BRUN)]},
        [("attendance", ("Familles : Mme Aubert (Présents)",), ("Familles : Mme Aubert, par téléphone (Présents)",))],
    ),
    "detail-changed": (
        {"attendance": PRESENT},
        {"attendance": [group("Présents", AUBERT | {"college": "État"}, BRUN)]},
        [
            (
                "attendance",
                ("Familles : Mme Aubert (Présents) (collège : Usagers)",),
                ("Familles : Mme Aubert (Présents) (collège : État)",),
            )
        ],
    ),
    "heading-agreed": (
        {"attendance": [group("Présente", AUBERT)]},
        {"attendance": [group("Présentes", AUBERT)]},
        [("attendance", ("Rubrique « Présente »",), ("Rubrique « Présentes »",))],
    ),
    "moved-under-another-heading": (
        {"attendance": PRESENT},
        {"attendance": [group("Présents", AUBERT), group("Excusé", EXCUSED)]},
        [("attendance", ("Mairie : M. Brun (Présents)",), ("Rubrique « Excusé »", "Mairie : M. Brun"))],
    ),
    "older-facts-know-less": (
        {"attendance": [{"heading": "Présents", "lines": [AUBERT["line"], BRUN["line"]]}]},
        {"attendance": PRESENT},
        [],
    ),
    "older-facts-differ": (
        {"attendance": [{"heading": "Présents", "lines": [AUBERT["line"], "M. Brun"]}]},
        {"attendance": PRESENT},
        [("attendance", ("M. Brun (Présents)",), ("Mairie : M. Brun (Présents)",))],
    ),
    "agenda-item-retitled": (
        {"agenda": ITEMS},
        {"agenda": [ITEMS[0], ITEMS[1] | {"title": "Visite du hall"}]},
        [("agenda", ("2. Visite",), ("2. Visite du hall",))],
    ),
    "agenda-item-under-another": (
        {"agenda": ITEMS},
        {"agenda": [ITEMS[0], ITEMS[1] | {"depth": 1}]},
        [("agenda", ("2. Visite (rang : rien)",), ("2. Visite (rang : 1)",))],
    ),
    "action-done": (
        {"actions": [ACTION]},
        {"actions": [DONE]},
        [("actions", ("Poser un panneau – état : proposée",), ("Poser un panneau – état : réalisée",))],
    ),
    "action-no-longer-cited": ({"actions": [ACTION]}, {"actions": []}, []),
    "action-of-another-rank": (
        {"actions": [ACTION, ACTION | {"id": "y"}]},
        {"actions": [ACTION | {"id": "y"}, ACTION]},
        [],
    ),
    "chair": ({"chair": "Mme Diaz"}, {"chair": "M. Roux"}, [("chair", ("Mme Diaz",), ("M. Roux",))]),
    "quorum-reached": (
        {"quorum": [{"sentence": "7 sur 15."}]},
        {"quorum": [{"sentence": "8 sur 15."}]},
        [("quorum", ("7 sur 15.",), ("8 sur 15.",))],
    ),
    "document-removed": (
        {"documents": [group("Annexes", {"id": "d", "line": "Diaporama"}, kind="annexed")]},
        {"documents": []},
        [("documents", ("Rubrique « Annexes »", "Diaporama"), ())],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_changes_say_both_values(case):
    accepted, today, expected = CASES[case]
    assert told(accepted, today) == expected


@pytest.mark.parametrize("case", CASES)
def test_taking_every_change_leaves_none(case):
    accepted, today, _ = CASES[case]
    taken = take(accepted, today, {change.key for change in changes(accepted, today)})
    assert told(taken, today) == []
    assert set(taken) == set(accepted)


@pytest.mark.parametrize("case", CASES)
def test_taking_one_change_leaves_exactly_the_others(case):
    accepted, today, expected = CASES[case]
    found = changes(accepted, today)
    for index, change in enumerate(found):
        left = told(take(accepted, today, {change.key}), today)
        assert len(left) == len(expected) - 1, index
        assert set(left) <= set(expected)


@pytest.mark.parametrize("case", CASES)
def test_taking_nothing_changes_nothing(case):
    accepted, today, _ = CASES[case]
    assert take(accepted, today, {"unknown"}) == accepted


def test_a_key_names_both_values():
    first, second = (changes({"chair": "A"}, {"chair": value})[0].key for value in ("B", "C"))
    assert first != second
    assert first == changes({"chair": "A"}, {"chair": "B"})[0].key


def test_lines_of_older_facts_become_whole_once_something_is_taken():
    older = {"attendance": [{"heading": "Présents", "lines": [AUBERT["line"], "M. Brun"]}]}
    (change,) = changes(older, {"attendance": PRESENT})
    assert take(older, {"attendance": PRESENT}, {change.key}) == {"attendance": PRESENT}


def test_two_equal_differences_are_taken_apart():
    line = {"line": "Un agent"}
    accepted, today = (
        {"attendance": [group("Présents", AUBERT)]},
        {"attendance": [group("Présents", AUBERT, line, line)]},
    )
    keys = [change.key for change in changes(accepted, today)]
    assert len(set(keys)) == 2
    assert take(accepted, today, {keys[0]}) == {"attendance": [group("Présents", AUBERT, line)]}


def test_every_fact_is_read_in_the_order_of_the_list():
    accepted = {fact: "" if fact == "chair" else [] for fact in FACTS}
    today = {"chair": "Mme Diaz", "agenda": ITEMS[:1], "attendance": PRESENT, "actions": [ACTION]}
    assert [change.fact for change in changes(accepted, accepted | today)] == [
        "chair",
        "attendance",
        "agenda",
        "actions",
    ]
