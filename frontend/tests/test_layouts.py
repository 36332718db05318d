"""The way a fact is printed is chosen on it, with the keyboard alone, and shown at once."""

import pytest
from conftest import FIRST
from editor_actions import blocks, save, text_area, type_after
from playwright.sync_api import expect

ROWS = [["Mme Lebrun", "maire"], ["M. Tissot", "usager"]]
LAYOUTS = {
    "two_columns": {"columns": [], "groups": [{"heading": "Présents", "depth": 0, "rows": ROWS}]},
    "college_table": {
        "columns": ["Membre", "Organisme et fonction"],
        "groups": [{"heading": "Usagers", "depth": 0, "rows": [["M. Tissot (présent)", ""]]}],
    },
    "header_table": {
        "columns": [],
        "groups": [{"heading": "", "rows": [{"label": "Présidence", "parts": [{"heading": "", "lines": ["Mme Diaz"]}]}]}],
    },
    "side_by_side": {
        "columns": [],
        "groups": [{"heading": "", "depth": 0, "lines": [], "blocks": [{"heading": "Excusés", "lines": ["M. Roux"]}]}],
    },
}


@pytest.fixture
def minutes_facts(minutes):
    minutes.facts["layouts"] = LAYOUTS
    return minutes


def insert_attendance(page):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer les présences").click()
    return text_area(page).locator("[data-fact=attendance]").first


def test_layout_is_chosen_from_the_keyboard_and_previewed(minutes_facts, page):
    page.reload()
    fact = insert_attendance(page)
    expect(fact.locator("li")).to_have_text(["Mme Lebrun, maire", "M. Tissot, usager"])
    page.keyboard.press("Enter")
    choice = page.get_by_label("Présentation de la liste de présence").first
    expect(choice).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(fact.get_by_role("rowheader")).to_have_text(["Mme Lebrun", "M. Tissot"])
    page.keyboard.press("Enter")
    expect(text_area(page)).to_be_focused()
    save(page)
    assert [block["attrs"] for block in blocks(minutes_facts, FIRST)[1:] if block["type"] == "attendance"] == [
        {"layout": "two_columns"}
    ]


@pytest.mark.parametrize(
    ("layout", "shown"),
    [
        ("college_table", "M. Tissot (présent)"),
        ("header_table", "Mme Diaz"),
        ("side_by_side", "M. Roux"),
        ("none", "n’est pas imprimée"),
    ],
)
def test_each_layout_is_previewed(minutes_facts, page, layout, shown):
    page.reload()
    fact = insert_attendance(page)
    expect(fact).not_to_contain_text(shown)
    fact.get_by_label("Présentation de la liste de présence").select_option(layout)
    expect(fact).to_contain_text(shown)


def test_layout_is_reached_from_the_toolbar_and_undone(minutes_facts, page):
    page.reload()
    fact = insert_attendance(page)
    page.get_by_role("button", name="Présentation du fait choisi").click()
    choice = fact.get_by_label("Présentation de la liste de présence")
    expect(choice).to_be_focused()
    choice.select_option("none")
    page.keyboard.press("Control+z")
    expect(choice).to_have_value("grouped")


def test_marker_of_the_lines_is_typed_from_the_keyboard_shown_and_kept(minutes_facts, page):
    page.reload()
    fact = insert_attendance(page)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    marker = fact.get_by_label("Puce de chaque ligne (facultative)")
    expect(marker).to_be_focused()
    page.keyboard.type("-")
    expect(fact.locator("li")).to_have_text(["- Mme Lebrun, maire", "- M. Tissot, usager"])
    page.keyboard.press("Enter")
    expect(text_area(page)).to_be_focused()
    save(page)
    assert [block["attrs"] for block in blocks(minutes_facts, FIRST)[1:] if block["type"] == "attendance"] == [
        {"layout": "grouped", "marker": "-"}
    ]


def test_marker_of_the_lines_is_offered_only_where_it_is_printed(minutes_facts, page):
    page.reload()
    fact = insert_attendance(page)
    marker = fact.get_by_label("Puce de chaque ligne (facultative)")
    layout = fact.get_by_label("Présentation de la liste de présence")
    marker.fill("•")
    layout.select_option("side_by_side")
    expect(fact.locator("li")).to_have_text(["• M. Roux"])
    layout.select_option("two_columns")
    expect(marker).to_be_hidden()
    expect(fact).not_to_contain_text("•")
    layout.select_option("grouped")
    expect(marker).to_have_value("•")
