"""What the editor writes: the tree of nodes.json, with labels and markers exactly as typed."""

import json
import re

import pytest
from conftest import FIRST, SECOND
from editor_actions import blocks, insert_action, save, text_area, text_of, type_after
from playwright.sync_api import expect
from protocol_server import ROOT

NODES = json.loads((ROOT / "committees/minutes/tree/nodes.json").read_text())


def typed(page, minutes):
    """Saves, and gives the blocks of the first section after its heading."""
    save(page)
    return blocks(minutes, FIRST)[1:]


def items(block) -> list:
    """A list as [marker, text, inner items]."""
    return [
        [
            item["attrs"]["marker"],
            text_of(item["content"][0]),
            *[items(x) for x in item["content"][1:] if x["type"] == "list"],
        ]
        for item in block["content"]
    ]


@pytest.mark.parametrize("label", ["I/", "1°)", "3)", "", "a – ", "Annexe n° 2 :", "1er"])
def test_the_label_of_a_section_is_stored_exactly_as_typed(page, minutes, label):
    field = page.get_by_label("Libellé, imprimé tel quel").first
    field.fill(label)
    field.press("Enter")
    page.keyboard.type("X")
    save(page)
    heading = blocks(minutes, FIRST)[0]
    assert heading["attrs"] == {"label": label, "level": 1}
    assert text_of(heading) == "XOuverture"


@pytest.mark.parametrize(
    ("start", "markers"),
    [
        ("- ", ["–", "–"]),
        ("1. ", ["1.", "2."]),
        ("a) ", ["a)", "b)"]),
        ("I/ ", ["I/", "II/"]),
        ("1°) ", ["1°)", "2°)"]),
        ("1) ", ["1)", "2)"]),
        ("1 – ", ["1 –", "2 –"]),
        ("1 - ", ["1 –", "2 –"]),
        ("-> ", ["➔", "➔"]),
        ("✓ ", ["✓", "✓"]),
    ],
)
def test_a_typed_marker_begins_a_list_and_enter_proposes_the_next(page, minutes, start, markers):
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.type(f"{start}un")
    page.keyboard.press("Enter")
    page.keyboard.type("deux")
    assert items(typed(page, minutes)[1]) == [[markers[0], "un"], [markers[1], "deux"]]


def list_of_three(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Shift+Digit8")
    for word in ("un", "deux"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    page.keyboard.type("trois")


def test_a_marker_is_free_text_and_the_others_are_never_recomputed(page, minutes):
    list_of_three(page)
    field = page.get_by_label("Puce", exact=True).nth(1)
    field.fill("bis.")
    field.press("ArrowRight")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("neuf")
    assert items(typed(page, minutes)[1]) == [["–", "un"], ["bis.", "deux"], ["bis.", "neuf"], ["–", "trois"]]


def test_the_button_gives_the_chosen_items_another_kind_of_marker(page, minutes):
    list_of_three(page)
    page.keyboard.press("Shift+ArrowUp")
    for _ in range(3):
        page.get_by_role("button", name="Autre puce").click()
    assert items(typed(page, minutes)[1]) == [["–", "un"], ["1.", "deux"], ["2.", "trois"]]


def test_lists_nest_to_three_levels_and_no_further(page, minutes):
    list_of_three(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("fond")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("plus bas")
    page.keyboard.press("Tab")
    assert items(typed(page, minutes)[1]) == [
        ["–", "un"],
        ["–", "deux", [["–", "trois", [["–", "fond"], ["–", "plus bas"]]]]],
    ]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert [block["type"] for block in typed(page, minutes)] == ["paragraph", "list", "paragraph"]


def test_an_inner_list_of_numbers_proposes_letters(page, minutes):
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.type("1. un")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("dedans")
    page.keyboard.press("Enter")
    page.keyboard.type("encore")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("deux")
    assert items(typed(page, minutes)[1]) == [["1.", "un", [["a)", "dedans"], ["b)", "encore"]]], ["2.", "deux"]]


def test_bold_italic_superscript_and_line_breaks(page, minutes):
    type_after(page, "La séance", " ")
    for shortcut, word in (("Control+b", "gras"), ("Control+i", "italique"), ("Control+.", "er")):
        page.keyboard.press(shortcut)
        page.keyboard.type(word)
        page.keyboard.press(shortcut)
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("suite")
    runs = typed(page, minutes)[0]["content"]
    assert [(run.get("text"), [mark["type"] for mark in run.get("marks", [])]) for run in runs[1:]] == [
        ("gras", ["bold"]), ("italique", ["italic"]), ("er", ["superscript"]), (None, []), ("suite", []),
    ]  # fmt: skip
    assert runs[-2]["type"] == "hard_break"


def select_word(page):
    type_after(page, "La séance", " site")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+k")


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://exemple.fr/a", "https://exemple.fr/a"),
        ("nom@exemple.fr", "mailto:nom@exemple.fr"),
        ("www.exemple.fr", "https://www.exemple.fr/"),
    ],
)
def test_a_link_is_https_or_mail(page, minutes, address, href):
    select_word(page)
    page.get_by_label("Adresse du lien").fill(address)
    page.keyboard.press("Enter")
    run = typed(page, minutes)[0]["content"][-1]
    assert (run["text"], run["marks"]) == ("site", [{"type": "link", "attrs": {"href": href}}])


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "http://exemple.fr", "data:text/html,x", "//exemple.fr", "https://a.fr/" + "x" * 2000],
)
def test_any_other_address_is_refused_with_a_reason(page, minutes, address):
    select_word(page)
    page.get_by_label("Adresse du lien").fill(address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Cette adresse ne convient pas")).to_be_visible()
    page.get_by_role("button", name="Annuler", exact=True).last.click()
    assert "marks" not in json.dumps(typed(page, minutes))


def header_rows(page, minutes) -> list[str]:
    """The table after the first paragraph, « H » for a header and « c » for a cell."""
    letters = {"table_header": "H", "table_cell": "c"}
    return ["".join(letters[cell["type"]] for cell in row["content"]) for row in typed(page, minutes)[1]["content"]]


def test_a_column_of_headers_leaves_the_row_of_headers_and_comes_off_at_once(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un tableau").click()
    column = page.get_by_role("button", name="Colonne d’en-tête")
    column.click()
    assert header_rows(page, minutes) == ["HHH", "Hcc", "Hcc"]
    column.click()
    assert header_rows(page, minutes) == ["HHH", "ccc", "ccc"]
    page.get_by_role("button", name="Ligne d’en-tête").click()
    assert header_rows(page, minutes) == ["ccc", "ccc", "ccc"]


def test_a_table_grows_shrinks_and_has_headers(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un tableau").click()
    page.get_by_label("Titre du tableau").fill("Délais")
    page.get_by_label("Titre du tableau").press("Enter")
    for word in ("a", "b", "c", "d"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.get_by_role("button", name="Ajouter une colonne").click()
    page.get_by_role("button", name="Supprimer la ligne").click()
    page.get_by_role("button", name="Ajouter une ligne").click()
    table = typed(page, minutes)[1]
    assert table["attrs"] == {"caption": "Délais"}
    assert [[cell["type"] for cell in row["content"]] for row in table["content"]] == [
        ["table_header"] * 4, ["table_cell"] * 4, ["table_cell"] * 4,
    ]  # fmt: skip
    assert [text_of(cell) for cell in table["content"][0]["content"]] == ["a", "b", "", "c"]
    assert table["content"][0]["content"][0]["attrs"] == {"colspan": 1, "rowspan": 1}


def test_tab_after_the_last_cell_adds_a_row(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un tableau").click()
    for _ in range(9):
        page.keyboard.press("Tab")
    page.keyboard.type("ici")
    table = typed(page, minutes)[1]
    assert [text_of(row) for row in table["content"]] == ["", "", "", "ici"]


def test_facts_are_drawn_from_the_meeting_and_store_no_text(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer les présences").click()
    page.get_by_role("button", name="Insérer l’ordre du jour").click()
    shown = text_area(page).inner_text()
    assert "Ordre du jour (rempli par la réunion)" in shown
    assert "2. Délais de réponse" in shown
    assert "Mme Lebrun, maire" in shown
    assert typed(page, minutes)[1:] == [{"type": "attendance", "attrs": {"layout": "grouped"}}, {"type": "agenda"}]


def test_a_signature_has_up_to_eight_lines(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer le bloc de signature").click()
    for line in range(8):
        page.keyboard.type(f"ligne {line}")
        page.keyboard.press("Enter")
    page.keyboard.type("hors du bloc")
    signature, after = typed(page, minutes)[1:]
    assert [text_of(line) for line in signature["content"]] == [f"ligne {line}" for line in range(8)]
    assert len(signature["content"]) == NODES["limits"]["signature_lines"]
    assert (after["type"], text_of(after)) == ("paragraph", "hors du bloc")


def test_a_heading_made_a_paragraph_keeps_its_label_as_text(page, minutes):
    page.get_by_role("heading", name="Ouverture").click()
    page.keyboard.press("Control+Shift+Digit0")
    save(page)
    assert text_of(blocks(minutes, FIRST)[0]) == "1) Ouverture"


def test_enter_in_a_heading_repeats_no_label(page, minutes):
    page.get_by_role("heading", name="Ouverture").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Suite")
    save(page)
    assert [(block["type"], text_of(block)) for block in blocks(minutes, FIRST)[:2]] == [
        ("heading", "Ouverture"),
        ("paragraph", "Suite"),
    ]


def test_undo_and_redo(page, minutes):
    type_after(page, "La séance", " Oui.")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    assert text_of(typed(page, minutes)[0]) == "La séance est ouverte. Oui."
    page.get_by_role("button", name="Annuler", exact=True).click()
    assert text_of(typed(page, minutes)[0]) == "La séance est ouverte."


def type_everything(page):
    """A text with every node but the line break."""
    list_of_three(page)
    for name in (
        "Insérer un tableau",
        "Insérer le bloc de signature",
        "Insérer les présences",
        "Insérer l’ordre du jour",
        "Insérer le dossier de la réunion",
        "Insérer les annexes",
        "Insérer le quorum",
        "Insérer les votes",
        "Insérer une décision",
    ):
        page.get_by_role("button", name=name).click()
    page.keyboard.type("Le projet est validé.")
    for name in ("Insérer un échange", "Ajouter une réponse"):
        page.get_by_role("button", name=name).click()
    page.keyboard.type("Une réponse.")
    for name in ("Insérer un séparateur centré", "Insérer un saut de page", "Insérer le sommaire"):
        page.get_by_role("button", name=name).click()
    page.keyboard.type("« Dit. »")
    for name in ("Citation", "Insérer une note de bas de page"):
        page.get_by_role("button", name=name, exact=True).click()
    page.keyboard.type("Une note.")
    page.keyboard.press("Enter")
    insert_action(page, "Poser un panneau", owner="la mairie", due="mai 2027")


def test_everything_typed_follows_nodes_json(page, minutes):
    """Walks a text with every node and mark: names, attributes and marks are those of the schema, and no other."""
    type_everything(page)
    save(page)
    seen = set()
    walk({"type": "section", "attrs": {"id": FIRST}, "content": blocks(minutes, FIRST)}, seen)
    assert seen == set(NODES["nodes"]) - {"hard_break", "meeting_actions", "previous_actions"}


def test_everything_copied_is_pasted_as_it_was(page, minutes):
    type_everything(page)
    save(page)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    type_after(page, "Les délais", "")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    save(page)
    copies = [without_ids(blocks(minutes, id)) for id in minutes.order[1] if id not in (FIRST, SECOND)]
    pasted = copies[0] if copies else without_ids(blocks(minutes, SECOND))
    assert [block for block in without_ids(blocks(minutes, FIRST)) if block not in pasted] == []


def without_ids(content: list) -> list:
    """The blocks as they compare, the identifiers of remarks apart, that of an action kept."""
    text = json.dumps(content)
    for id in re.findall(r'"type": "remark", "attrs": \{"id": "([0-9a-f-]{36})"', text):
        text = text.replace(id, "")
    return json.loads(text)


def walk(node, seen):
    seen.add(node["type"])
    rules = NODES["nodes"][node["type"]].get("attrs", {})
    assert {name for name, rule in rules.items() if not rule.get("omitted")} <= set(node.get("attrs", {})) <= set(rules)
    assert set(node) <= {"type", "attrs", "content", "marks", "text"}
    for child in node.get("content", []):
        walk(child, seen)


def test_enter_at_the_end_of_a_heading_goes_to_the_empty_line_below(page, minutes):
    page.get_by_role("button", name="Ajouter une section").click()
    page.keyboard.type("Titre")
    for _ in "12":
        page.keyboard.press("Enter")
    page.keyboard.type("Texte")
    save(page)
    [added] = set(minutes.sections) - {FIRST, SECOND}
    assert [(block["type"], text_of(block)) for block in blocks(minutes, added)] == [
        ("heading", "Titre"),
        ("paragraph", ""),
        ("paragraph", "Texte"),
    ]


def test_an_empty_section_is_removed_without_asking_and_undo_brings_it_back(page, minutes):
    page.get_by_role("button", name="Ajouter une section").click()
    sections = text_area(page).locator("section")
    before = sections.count()
    page.get_by_role("button", name="Supprimer la section", exact=True).click()
    expect(sections).to_have_count(before - 1)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(sections).to_have_count(before)
    text_area(page).get_by_text("La séance").click()
    page.get_by_role("button", name="Supprimer la section", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Supprimer cette section ?")


def test_backspace_and_delete_never_glue_two_sections(page, minutes):
    page.get_by_role("heading", name="Délais").click()
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    type_after(page, "La séance", "")
    page.keyboard.press("Delete")
    page.keyboard.type("!")
    save(page)
    assert minutes.text().split("\n") == [" Ouverture La séance est ouverte.!", " Délais Les délais ont été tenus."]
    assert len(minutes.order[1]) == 2


def test_backspace_removes_an_empty_signature(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer le bloc de signature").click()
    page.keyboard.press("Backspace")
    page.keyboard.type("suite")
    assert [(block["type"], text_of(block)) for block in typed(page, minutes)[1:]] == [("paragraph", "suite")]
