"""Everything with the keyboard alone, and no trap."""

from conftest import FIRST
from editor_actions import blocks, save, text_area, type_after
from playwright.sync_api import expect

FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.id || document.activeElement.textContent"


def focused(page) -> str:
    return page.evaluate(FOCUSED)


def test_tab_leaves_plain_text_and_never_stops_on_a_label(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Tab")
    assert focused(page) == "after"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Texte du compte-rendu"
    page.keyboard.press("Shift+Tab")
    assert page.locator(".mm-tool:focus").count() == 1


def test_escape_then_tab_leaves_a_list(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.type("- un")
    page.keyboard.press("Tab")
    assert focused(page) == "Texte du compte-rendu"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert focused(page) == "after"


def test_escape_then_shift_tab_leaves_a_table(page):
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un tableau").click()
    page.keyboard.press("Tab")
    assert focused(page) == "Texte du compte-rendu"
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".mm-tool:focus").count() == 1


def test_the_help_text_says_how_to_leave(page):
    described = text_area(page).get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("Échap puis Tab")


def test_alt_f10_goes_to_the_toolbar_arrows_move_and_escape_comes_back(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Alt+F10")
    assert focused(page) == "Annuler"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Rétablir"
    page.keyboard.press("End")
    assert focused(page) == "Aide : raccourcis du clavier"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Annuler"
    assert page.locator('.mm-tool[tabindex="0"]').count() == 1
    page.keyboard.press("Escape")
    assert focused(page) == "Texte du compte-rendu"
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    page.keyboard.press("Alt+F10")
    assert focused(page) == "Aide : raccourcis du clavier"


LEAVE_AT_ONCE = """() => {
  const text = document.getElementById('mm-text')
  getSelection().collapse(text.querySelector('p').firstChild, 0)
  text.dispatchEvent(new KeyboardEvent('keydown', { key: 'F10', altKey: true, bubbles: true, cancelable: true }))
}"""


def test_alt_f10_just_out_of_an_exchange_never_loses_the_focus_with_its_tools(page):
    """A busy page: the key comes before the tools have followed the cursor."""
    type_after(page, "La séance", "")
    page.get_by_role("button", name="Insérer un échange").click()
    page.get_by_role("button", name="Ajouter une réponse").focus()
    page.keyboard.press("Enter")
    page.evaluate(LEAVE_AT_ONCE)
    expect(page.get_by_role("button", name="Ajouter une réponse")).to_be_hidden()
    assert focused(page) == "Annuler"


def test_a_button_pressed_with_the_keyboard_acts_on_the_text_and_says_its_state(page, minutes):
    type_after(page, "La séance", "")
    page.keyboard.press("Control+Shift+ArrowLeft")
    bold = page.get_by_role("button", name="Gras")
    expect(bold).to_have_attribute("aria-pressed", "false")
    bold.focus()
    page.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    assert bold.get_attribute("aria-keyshortcuts") == "Control+B"
    save(page)
    assert blocks(minutes, FIRST)[1]["content"][-1]["marks"] == [{"type": "bold"}]


def test_the_label_is_reached_and_left_with_the_arrows(page, minutes):
    page.get_by_role("heading", name="Ouverture").click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Libellé, imprimé tel quel"
    page.keyboard.press("Home")
    page.keyboard.type("n° ")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Belle ")
    save(page)
    heading = blocks(minutes, FIRST)[0]
    assert (heading["attrs"]["label"], heading["content"][0]["text"]) == ("n° 1)", "Belle Ouverture")


def test_f2_goes_to_the_label_from_anywhere_in_the_section(page):
    type_after(page, "Les délais", "")
    page.keyboard.press("F2")
    assert focused(page) == "Libellé, imprimé tel quel"
    assert page.evaluate("document.activeElement.value") == "I/"
    page.keyboard.press("Tab")
    assert focused(page) == "after"


def test_the_question_mark_lists_the_shortcuts_and_escape_closes(page):
    page.get_by_role("button", name="Aide : raccourcis du clavier").click()
    dialog = page.get_by_role("dialog", name="Raccourcis du clavier")
    expect(dialog).to_contain_text("Alt + F10")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_altgr_characters_are_typed_not_taken_for_shortcuts(page, minutes):
    type_after(page, "La séance", "")
    for digit, character in (("Digit0", "@"), ("Digit3", "#")):
        page.keyboard.down("Control")
        page.keyboard.down("Alt")
        page.evaluate(
            """([code, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
              {code, key, ctrlKey: true, altKey: true, bubbles: true, cancelable: true}))""",
            [digit, character],
        )
        page.keyboard.up("Alt")
        page.keyboard.up("Control")
        page.keyboard.insert_text(character)
    save(page)
    assert blocks(minutes, FIRST)[1]["type"] == "paragraph"
    assert blocks(minutes, FIRST)[1]["content"][0]["text"].endswith("@#")


def test_saves_are_announced_politely(page):
    type_after(page, "La séance", " Dit.")
    save(page)
    live = page.locator(".mm-editor [aria-live=polite]")
    expect(live).to_have_text("Enregistré sur le serveur à 14:32")
    assert live.get_attribute("role") == "status"
