"""« / » inserts a standard sentence, « @ » a name: with the keyboard, filtered while typing, Escape leaving the sign."""

from conftest import FIRST
from editor_actions import blocks, save, text_area, text_of, type_after
from playwright.sync_api import expect


def begin(page, typed: str) -> None:
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.keyboard.type(typed)


def options(page):
    return page.get_by_role("option")


def written(page, minutes) -> list[str]:
    save(page)
    return [text_of(block) for block in blocks(minutes, FIRST)[2:]]


def test_a_sentence_is_chosen_with_the_arrows_and_inserted(page, minutes):
    begin(page, "/")
    expect(options(page)).to_have_count(2)
    expect(text_area(page)).to_have_attribute("aria-controls", "mm-suggest")
    expect(page.locator(".mm-editor [aria-live=polite]")).to_contain_text("Phrases types : 2 suggestions")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{text_area(page).get_attribute('aria-activedescendant')}")
    expect(chosen).to_contain_text("Ouverture")
    expect(chosen).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(options(page)).to_have_count(0)
    assert text_area(page).get_attribute("aria-controls") is None
    page.keyboard.type(" Bien.")
    assert written(page, minutes) == ["La présidente remercie chacun. Bien."]


def test_typing_filters_and_lines_become_paragraphs(page, minutes):
    begin(page, "/clo")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type(" Fin.")
    assert written(page, minutes) == ["La séance est levée.", "La prochaine se tiendra en mai. Fin."]


def test_escape_leaves_the_sign_as_typed(page, minutes):
    begin(page, "/clo")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("Suite")
    assert written(page, minutes) == ["/clo", "Suite"]


def test_a_name_is_inserted_in_a_sentence_and_undone(page, minutes):
    begin(page, "Selon @leb")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.type(", oui.")
    assert written(page, minutes) == ["Selon Mme Lebrun, maire, oui."]


def test_a_slash_or_an_at_in_a_word_proposes_nothing(page, minutes):
    begin(page, "et/ou nom@exemple.fr / fin")
    expect(page.locator(".mm-suggest")).to_be_hidden()
    assert written(page, minutes) == ["et/ou nom@exemple.fr / fin"]


def test_the_mouse_chooses_too(page, minutes):
    begin(page, "@")
    options(page).filter(has_text="Union").click()
    expect(text_area(page)).to_be_focused()
    assert written(page, minutes) == ["Union des familles"]


def test_without_an_answer_the_sign_is_typed_and_it_is_said(page, minutes):
    minutes.faults.offline = True
    begin(page, "/x")
    expect(page.locator(".mm-suggest")).to_contain_text("Suggestions indisponibles")
    minutes.faults.offline = False
    page.keyboard.type("y")
    assert written(page, minutes) == ["/xy"]


def test_the_list_stands_under_the_cursor_and_no_element_bears_a_style(page):
    begin(page, "/")
    expect(options(page)).to_have_count(2)
    line = text_area(page).get_by_text("/", exact=True).bounding_box()
    listed = page.locator(".mm-suggest").bounding_box()
    assert -5 <= listed["y"] - (line["y"] + line["height"]) < 20
    assert page.locator("[style]").count() == 0
    assert page.evaluate("window.violations") == []
