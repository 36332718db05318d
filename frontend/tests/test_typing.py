"""French typography while typing: helped, taken back by one key, switched off for good; undo goes through the saves."""

import pytest
from conftest import FIRST
from editor_actions import blocks, save, text_area, text_of, type_after
from playwright.sync_api import expect

NBSP = "\u00a0"


def typed(page, minutes, *keys: str) -> dict:
    """The paragraph of the first section once `keys` were typed in it, « {Key} » being a key pressed."""
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    for key in keys:
        page.keyboard.press(key[1:-1]) if key.startswith("{") else page.keyboard.type(key)
    save(page)
    return blocks(minutes, FIRST)[2]


def test_marks_quotes_ligatures_and_dots(page, minutes):
    found = text_of(
        typed(page, minutes, 'Objet : mise en oeuvre ! Il dit "oui" ... voir https://exemple.fr/?a=1 ; fin')
    )
    expected = "Objet~: mise en œuvre~! Il dit «~oui~» … voir https://exemple.fr/?a=1~; fin"
    assert found == expected.replace("~", NBSP)


def test_ordinals_are_raised_and_what_follows_is_not(page, minutes):
    runs = typed(page, minutes, "Le 1er et le 2e jour")["content"]
    assert [(run["text"], [mark["type"] for mark in run.get("marks", [])]) for run in runs] == [
        ("Le 1", []), ("er", ["superscript"]), (" et le 2", []), ("e", ["superscript"]), (" jour", []),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["{Control+z}", "{Backspace}"])
@pytest.mark.parametrize("text", ["Objet :", "Vrai?", 'Dit "', "Le 1er ", "oeuvre ", "Suite..."])
def test_one_key_takes_the_correction_back_and_nothing_else(page, minutes, text, key):
    found = typed(page, minutes, text, key, "x")
    assert [text_of(found), "marks" in str(found)] == [f"{text}x", False]


def test_what_was_taken_back_may_be_corrected_by_hand_and_undone_further(page, minutes):
    found = typed(page, minutes, "Objet :", "{Control+z}", "{Control+y}", " x")
    assert text_of(found) == f"Objet{NBSP}: x"


def test_bold_stays_bold(page, minutes):
    [run] = typed(page, minutes, "{Control+b}", 'Mise en "oeuvre" ?')["content"]
    assert (run["text"], run["marks"]) == (f"Mise en «{NBSP}œuvre{NBSP}»{NBSP}?", [{"type": "bold"}])


def test_switched_off_it_stays_off_when_the_page_is_opened_again(page, minutes):
    page.get_by_role("button", name="Préférences de frappe").click()
    page.get_by_role("checkbox", name="Aider la typographie").uncheck()
    page.get_by_role("button", name="Valider").click()
    assert text_of(typed(page, minutes, "Objet : oeuvre ")) == "Objet : oeuvre "
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    type_after(page, "Objet", "Le 1er ?")
    save(page)
    assert text_of(blocks(minutes, FIRST)[2]) == "Objet : oeuvre Le 1er ?"


def test_undo_goes_back_through_a_save(page, minutes):
    type_after(page, "La séance", " Un ajout.")
    save(page)
    assert "Un ajout." in minutes.text()
    page.keyboard.press("Control+z")
    expect(text_area(page)).not_to_contain_text("Un ajout.")
    save(page)
    assert "Un ajout." not in minutes.text()
    page.keyboard.press("Control+y")
    save(page)
    assert "Un ajout." in minutes.text()


def test_the_browser_checks_the_spelling_in_french(page):
    assert [text_area(page).get_attribute(name) for name in ("lang", "spellcheck")] == ["fr", "true"]


def test_the_help_names_every_shortcut_of_the_toolbar(page):
    tools = page.locator(".mm-tool[aria-keyshortcuts]").evaluate_all("tools => tools.map(tool => tool.ariaLabel)")
    page.get_by_role("button", name="Aide : raccourcis du clavier").click()
    said = page.locator(".mm-help dd").all_inner_texts()
    assert [name for name in tools if name not in said] == []
    assert len(tools) > 15


def test_the_question_mark_shows_the_shortcuts_outside_the_text_only(page):
    dialog = page.get_by_role("dialog", name="Raccourcis du clavier")
    type_after(page, "La séance", " ?")
    expect(dialog).to_be_hidden()
    page.locator("body").click(position={"x": 2, "y": 2})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
