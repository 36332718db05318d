"""The attendance list in its seven layouts, on each medium; facts frozen before layouts existed are drawn too."""

import re

import pytest

from committees.minutes.tree.draw import draw

from .trees import heading, node, section

ID = "00000000-0000-4000-8000-000000000001"
AUBERT = {
    "id": "a", "line": "Union des familles : Mme Lise Aubert, présidente, en visioconférence",
    "name": "Mme Lise Aubert", "function": "présidente", "body": "Union des familles", "rest": "en visioconférence",
    "college": "Collège des usagers", "state": "présente",
}  # fmt: skip
DIRECTION = {
    "line": "Directrice : représentée par Mme Colin", "body": "Directrice", "rest": "représentée par Mme Colin",
    "college": "Collège de l'administration", "state": "représentée",
}  # fmt: skip
TYPED = {"line": "Un voisin, venu en curieux", "state": "présent"}
CHAMBER = {
    "line": "Chambre d'artisanat",
    "body": "Chambre d'artisanat",
    "college": "Collège des usagers",
    "state": "excusée",
}
FACTS = {
    "chair": "Mme Diaz, sous-préfète",
    "attendance": [
        {"heading": "Présents", "lines": [AUBERT["line"]], "rows": [AUBERT]},
        {"heading": "Administration", "depth": 1, "lines": [DIRECTION["line"]], "rows": [DIRECTION]},
        {"heading": "Voisins", "depth": 1, "lines": [TYPED["line"]], "rows": [TYPED]},
        {"heading": "Excusée", "lines": [CHAMBER["line"]], "rows": [CHAMBER]},
    ],
}
OLDER = {"attendance": [{"heading": "Présents", "lines": ["Mme A, maire"]}]}
LAYOUTS = ["grouped", "two_columns", "header_table", "side_by_side", "college_table", "three_columns"]


def drawn(layout, *before, facts=FACTS, medium="text"):
    said = draw([section(*before, node("attendance", layout=layout))], facts, medium)
    return said.replace("\u00a0", " ")


PRINTED = {
    "two_columns": """Présents
Mme Lise Aubert\tprésidente, Union des familles, en visioconférence

Administration
Directrice\treprésentée par Mme Colin

Voisins
Un voisin, venu en curieux\t

Excusée
Chambre d'artisanat\t""",
    "header_table": """Présidence
  Mme Diaz, sous-préfète

Présents
  Union des familles : Mme Lise Aubert, présidente, en visioconférence
  Administration
  Directrice : représentée par Mme Colin
  Voisins
  Un voisin, venu en curieux

Excusée
  Chambre d'artisanat""",
    "side_by_side": """Présents
  Union des familles : Mme Lise Aubert, présidente, en visioconférence

  Administration
    Directrice : représentée par Mme Colin

  Voisins
    Un voisin, venu en curieux

Excusée
  Chambre d'artisanat""",
    "college_table": """Collège des usagers
Membre\tOrganisme et fonction
Mme Lise Aubert (présente, en visioconférence)\tprésidente, Union des familles
Chambre d'artisanat (excusée)\t

Collège de l'administration
Membre\tOrganisme et fonction
Directrice (représentée par Mme Colin)\t

Voisins
Membre\tOrganisme et fonction
Un voisin, venu en curieux (présent)\t""",
    "three_columns": """Présents
Nom\tFonction\tOrganisme
Mme Lise Aubert\tprésidente, en visioconférence\tUnion des familles

Administration
Nom\tFonction\tOrganisme
\treprésentée par Mme Colin\tDirectrice

Voisins
Nom\tFonction\tOrganisme
Un voisin, venu en curieux\t\t

Excusée
Nom\tFonction\tOrganisme
\t\tChambre d'artisanat""",
    "none": "",
}


@pytest.mark.parametrize("layout", PRINTED)
def test_draw_attendance_in_a_layout_says(layout):
    assert drawn(layout) == PRINTED[layout]


def test_draw_header_table_names_who_presides_once():
    facts = {"chair": "M. Diaz", "attendance": [{"heading": "Présidence", "lines": ["M. Diaz"]}]}
    assert drawn("header_table", facts=facts) == "Présidence\n  M. Diaz"


def test_draw_college_table_puts_who_has_no_college_after_the_colleges():
    rows = [TYPED, AUBERT, DIRECTION]
    facts = {"attendance": [{"heading": "Présents", "lines": [row["line"] for row in rows], "rows": rows}]}
    said = drawn("college_table", facts=facts)
    assert said.index("Collège des usagers") < said.index("Collège de l'administration") < said.index("Présents")


def test_draw_college_table_keeps_the_heading_of_who_has_no_college():
    assert drawn("college_table", heading("Voisins")).count("Voisins") == 2


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_draw_attendance_of_older_facts_shows_their_lines(layout, medium):
    assert "Mme A, maire" in drawn(layout, facts=OLDER, medium=medium)


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_draw_attendance_without_a_layout_takes_its_heading_along(medium):
    assert drawn("none", heading("Présents"), medium=medium) == ""


@pytest.mark.parametrize("layout", ["grouped", "two_columns", "side_by_side", "three_columns"])
def test_draw_attendance_heading_just_above_is_not_repeated(layout):
    assert drawn(layout, heading("Présents")).count("Présents") == 1


@pytest.mark.parametrize(
    ("layout", "headers"),
    [
        ("grouped", {}),
        ("side_by_side", {}),
        ("two_columns", {"row": 4}),
        ("header_table", {"row": 3}),
        ("college_table", {"col": 6, "row": 4}),
        ("three_columns", {"col": 12}),
    ],
)
@pytest.mark.parametrize("medium", ["screen", "pdf"])
def test_draw_attendance_tables_have_headers(layout, headers, medium):
    scopes = re.findall(r'<th scope="(\w+)">(?=.)(?!</th>)', drawn(layout, medium=medium))
    assert {scope: scopes.count(scope) for scope in set(scopes)} == headers


@pytest.mark.parametrize(
    ("groups", "blocks"),
    [
        ([("Présents", 0)], [["Présents"]]),
        ([("Présents", 0), ("Excusés", 0)], [["Présents", "Excusés"]]),
        ([("A", 0), ("B", 0), ("C", 0)], [["A", "B"], ["C"]]),
        ([("Présents", 0), ("A", 1), ("B", 1), ("C", 1)], [[], ["A", "B"], ["C"]]),
        ([("A", 0), ("Présents", 0), ("B", 1), ("C", 1)], [["A"], [], ["B", "C"]]),
    ],
    ids=["one", "two", "three", "under-a-heading", "then-under-a-heading"],
)
def test_side_by_side_pairs_groups_of_one_rank(groups, blocks):
    from committees.minutes.tree.attendance import layout_of

    known = [{"heading": name, "depth": depth, "lines": ["a"], "rows": [{"line": "a"}]} for name, depth in groups]
    found = [[block["heading"] for block in group["blocks"]] for group in layout_of(known, "side_by_side", "")]
    assert found == blocks


def lines_drawn(marker, layout, medium, facts=FACTS):
    body = [section(node("attendance", layout=layout, marker=marker), id=ID)]
    return draw(body, facts, medium).replace("\u00a0", " ")


@pytest.mark.parametrize("layout", ["grouped", "side_by_side"])
@pytest.mark.parametrize("marker", ["-", "➔", "1°)", "Art."])
def test_draw_attendance_marker_stands_before_each_line_on_each_medium(layout, marker):
    for row in (AUBERT, DIRECTION, TYPED, CHAMBER):
        line = row["line"].replace("'", "&#x27;")
        assert f"  {marker} {row['line']}\n" in lines_drawn(marker, layout, "text") + "\n"
        assert f'<p><span class="marker">{marker} </span>{line}</p>' in lines_drawn(marker, layout, "pdf")
        assert f'<p><span class="marker">{marker}</span> {line}</p>' in lines_drawn(marker, layout, "screen")


@pytest.mark.parametrize(
    ("marker", "classes"),
    [
        ("", "attendance-lines"),
        (" ", "attendance-lines"),
        ("1°)", "marked-list attendance-lines"),
        ("Art.", "marked-list hang-4 attendance-lines"),
    ],
    ids=["none", "blank", "three-signs", "four-signs"],
)
@pytest.mark.parametrize("layout", ["grouped", "side_by_side"])
@pytest.mark.parametrize("medium", ["screen", "pdf"])
def test_draw_attendance_lines_hang_beside_their_marker(marker, classes, layout, medium):
    assert re.findall(r'<ul class="([^"]*)"', lines_drawn(marker, layout, medium)) == [classes] * 4


@pytest.mark.parametrize("layout", ["two_columns", "header_table", "college_table", "three_columns", "none"])
@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_draw_attendance_marker_is_not_drawn_in_a_table(layout, medium):
    assert lines_drawn("➔", layout, medium) == lines_drawn("", layout, medium)


def test_draw_attendance_marker_does_not_leave_it_for_the_documents():
    facts = FACTS | {"documents": [{"heading": "Rapports", "kind": "report", "lines": ["Un rapport"]}]}
    said = draw([section(node("attendance", marker="➔"), node("dossier"))], facts, "text")
    assert said.endswith("\n  Un rapport")
