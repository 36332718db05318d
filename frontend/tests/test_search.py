"""Find and replace, with the keyboard, across the sections."""

from conftest import FIRST, SECOND
from editor_actions import blocks, save, text_area, text_of, type_after
from playwright.sync_api import expect


def count(page):
    return page.locator(".mm-search__count")


def look(page, text, key="Control+f"):
    type_after(page, "La séance", "")
    page.keyboard.press("Control+Home")
    page.keyboard.press(key)
    page.get_by_role("textbox", name="Chercher").fill(text)


def chosen(page) -> str:
    return page.locator(".mm-found--current").inner_text()


def test_found_across_sections_counted_announced_and_left_with_escape(page, minutes):
    look(page, "ont")
    expect(count(page)).to_have_text("1 sur 1")
    look(page, "E")
    expect(count(page)).to_contain_text("1 sur ")
    look(page, "dela")
    expect(count(page)).to_have_text("1 sur 2")
    expect(page.locator(".mm-editor [aria-live=polite]")).to_have_text("1 sur 2")
    assert chosen(page) == "Déla"
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("2 sur 2")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("1 sur 2")
    page.keyboard.press("Shift+Enter")
    expect(count(page)).to_have_text("2 sur 2")
    page.keyboard.press("Escape")
    expect(text_area(page)).to_be_focused()
    page.keyboard.type("DELA")
    save(page)
    assert text_of(blocks(minutes, SECOND)[1]) == "Les DELAis ont été tenus."


def test_case_and_accents_are_matched_when_asked(page):
    look(page, "dela")
    expect(count(page)).to_have_text("1 sur 2")
    page.get_by_label("Respecter la casse").check()
    expect(count(page)).to_have_text("1 sur 1")
    page.get_by_label("Respecter les accents").check()
    expect(count(page)).to_have_text("Aucun résultat")


def test_replaced_one_then_all_and_undone(page, minutes):
    look(page, "est", "Control+h")
    page.get_by_label("Remplacer par").fill("sera")
    page.get_by_role("button", name="Remplacer", exact=True).click()
    expect(text_area(page)).to_contain_text("La séance sera ouverte.")
    page.get_by_role("textbox", name="Chercher").fill("e")
    page.get_by_label("Respecter les accents").check()
    page.get_by_label("Remplacer par").fill("3")
    page.get_by_role("button", name="Tout remplacer").click()
    expect(page.locator(".mm-editor [aria-live=polite]")).to_contain_text("remplacements. Ctrl + Z annule.")
    expect(text_area(page)).to_contain_text("La séanc3 s3ra ouv3rt3.")
    expect(text_area(page)).to_contain_text("L3s délais")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(text_area(page)).to_contain_text("La séance sera ouverte.")
    expect(text_area(page)).to_contain_text("Les délais")


def test_a_label_is_found_and_replaced(page, minutes):
    look(page, "1)", "Control+h")
    expect(page.locator(".mm-editor [aria-live=polite]")).to_have_text("1 sur 1, dans un libellé")
    page.get_by_label("Remplacer par").fill("A)")
    page.get_by_label("Remplacer par").press("Enter")
    expect(count(page)).to_have_text("Aucun résultat")
    page.keyboard.press("Escape")
    save(page)
    assert blocks(minutes, FIRST)[0]["attrs"]["label"] == "A)"


def test_the_match_and_the_caret_are_never_behind_the_tools(page):
    page.set_viewport_size({"width": 1000, "height": 700})
    type_after(page, "La séance", "")
    for number in range(25):
        page.keyboard.press("Enter")
        page.keyboard.type(f"ligne {number}")
    look(page, "ligne 12", "Control+h")
    expect(count(page)).to_have_text("1 sur 1")
    under = page.locator(".mm-head").bounding_box()
    shown = page.locator(".mm-found--current").bounding_box()
    assert under["y"] + under["height"] <= shown["y"]
    page.keyboard.press("Escape")
    for _ in range(10):
        page.keyboard.press("ArrowUp")
        assert page.evaluate(CARET) >= page.evaluate(TOOLS_END)


CARET = "() => getSelection().getRangeAt(0).getBoundingClientRect().top"
TOOLS_END = "() => document.querySelector('.mm-head').getBoundingClientRect().bottom"
