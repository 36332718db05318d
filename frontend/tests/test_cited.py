"""Decisions typed, actions created and cited, documents of the meeting."""

import pytest
from conftest import FIRST
from editor_actions import blocks, insert_action, save, text_area, text_of, type_after
from playwright.sync_api import expect


def typed(page, minutes):
    save(page)
    return blocks(minutes, FIRST)[1:]


def test_a_decision_is_typed_in_place_and_enter_leaves_it(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer une décision").click()
    page.keyboard.type("Le projet est validé.")
    for key in ("Home", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.type("les membres")
    for key in ("Home", "ArrowLeft", "ArrowDown", "ArrowDown", "Enter", "End", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("suite")
    decision, after = typed(page, minutes)[1:]
    assert decision["attrs"] == {"title": "Décision", "kind": "opinion", "decided_by": "les membres"}
    assert (text_of(decision), after["type"], text_of(after)) == ("Le projet est validé.", "paragraph", "suite")


def test_backspace_in_an_empty_decision_makes_it_a_paragraph(page, minutes):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer une décision").click()
    page.keyboard.press("Backspace")
    page.keyboard.type("suite")
    assert [(block["type"], text_of(block)) for block in typed(page, minutes)[1:]] == [("paragraph", "suite")]


def test_an_action_is_asked_for_then_shown_as_the_plan_knows_it(page, minutes):
    type_after(page, "La séance", "")
    insert_action(page, "Poser un panneau", owner="le service accueil", due="2e trimestre 2027")
    expect(text_area(page)).to_contain_text("inscrite au plan d’actions à l’enregistrement")
    node = typed(page, minutes)[1]
    assert node["attrs"] | {"id": ""} == {
        "id": "", "title": "Poser un panneau", "owner": "le service accueil", "due": "2e trimestre 2027", "wording": "",
    }  # fmt: skip
    known = {"id": node["attrs"]["id"], "title": "Poser deux panneaux", "owner": "", "due": "", "state": "proposée"}
    minutes.facts["actions"] = [known]
    type_after(page, "La séance", "!")
    save(page)
    expect(text_area(page)).to_contain_text("Poser deux panneaux")
    expect(text_area(page)).to_contain_text("État : proposée")


def test_an_action_without_a_title_is_not_one(page, minutes):
    type_after(page, "La séance", "")
    insert_action(page, " ")
    expect(page.get_by_role("alert").filter(has_text="Donnez un intitulé")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert [block["type"] for block in typed(page, minutes)] == ["paragraph"]


def test_enter_on_a_chosen_action_changes_its_wording_only(page, minutes):
    type_after(page, "La séance", "")
    insert_action(page, "Poser un panneau")
    before = typed(page, minutes)[1]["attrs"]
    page.keyboard.press("Enter")
    page.get_by_label("Texte imprimé dans ce compte-rendu").fill("Un panneau sera posé.")
    page.keyboard.press("Enter")
    expect(text_area(page)).to_contain_text("Un panneau sera posé.")
    assert typed(page, minutes)[1]["attrs"] == before | {"wording": "Un panneau sera posé."}


def test_a_pasted_action_cites_the_same_line_of_the_plan(page, minutes):
    type_after(page, "La séance", "")
    insert_action(page, "Poser un panneau")
    page.keyboard.press("Control+c")
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    actions = [block for block in typed(page, minutes) if block["type"] == "action"]
    assert len(actions) == 2
    assert actions[0] == actions[1]


@pytest.mark.parametrize(
    ("tool", "kind", "shown", "hidden"),
    [
        ("Insérer le dossier de la réunion", "dossier", "Enquête 2026", None),
        ("Insérer le quorum", "quorum", "8 sièges présents sur 15. La moitié des sièges.", "CLU :"),
        ("Insérer les votes", "votes", "Affiche : 7 voix pour : adopté.", None),
        ("Insérer les annexes", "annexes", "Diaporama", "Enquête 2026"),
    ],
)
def test_documents_are_drawn_from_the_meeting_and_store_no_text(page, minutes, tool, kind, shown, hidden):
    type_after(page, "La séance", "")
    page.get_by_role("button", name=tool).click()
    expect(text_area(page)).to_contain_text(shown)
    assert hidden is None or hidden not in text_area(page).inner_text()
    assert [(block["type"], "content" in block) for block in typed(page, minutes)[1:]] == [(kind, False)]
