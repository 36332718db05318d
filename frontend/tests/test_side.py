"""The outline beside the text, and what remains to look at."""

import pytest
from conftest import FIRST, SECOND
from editor_actions import save, text_area, type_after
from playwright.sync_api import expect
from protocol_server import Minutes, section

FOCUSED = "document.activeElement.textContent"
REMARK = "44444444-4444-4444-8444-444444444444"


@pytest.fixture
def minutes():
    exchange = {
        "type": "exchange",
        "attrs": {"opening": "", "answers_title": ""},
        "content": [
            {
                "type": "remark",
                "attrs": {"id": REMARK, "marker": "–", "speaker": "", "kind": "question"},
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Quand ?"}]}],
            }
        ],
    }
    second = section(SECOND, "Délais de réponse", "Les délais ont été tenus.", label="I/")
    second["content"].append(exchange)
    minutes = Minutes([section(FIRST, "Ouverture", "La séance est ouverte.", label="1)"), second])
    minutes.facts["agenda"] = [{"label": "3.", "title": "Accueil"}, {"label": "2.", "title": "Délais de réponse"}]
    return minutes


def outline(page):
    return page.get_by_role("navigation", name="Plan du compte-rendu").get_by_role("button")


def left(page):
    return page.locator(".mm-side__part", has_text="Reste à regarder").get_by_role("button")


def current(page):
    return page.locator(".mm-side [aria-current]")


def test_the_outline_lists_the_headings_and_marks_the_one_of_the_cursor(page):
    expect(outline(page)).to_have_text(["1) Ouverture", "I/ Délais de réponse"])
    type_after(page, "Les délais", "")
    expect(current(page)).to_have_text("I/ Délais de réponse")
    type_after(page, "La séance", "")
    expect(current(page)).to_have_text("1) Ouverture")


def test_the_outline_follows_what_is_typed(page):
    page.get_by_role("heading", name="Ouverture").click()
    page.keyboard.press("End")
    page.keyboard.type(" solennelle")
    expect(outline(page).first).to_have_text("1) Ouverture solennelle")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Bilan")
    expect(outline(page)).to_have_text(["1) Ouverture solennelle", "Bilan", "I/ Délais de réponse"])
    expect(current(page)).to_have_text("Bilan")


def test_a_line_leads_to_its_heading_and_typing_goes_on_there(page, minutes):
    outline(page).last.click()
    page.keyboard.press("End")
    page.keyboard.type(" (suite)")
    save(page)
    assert "Délais de réponse (suite)" in minutes.text()


def test_with_the_keyboard_alone(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Alt+F9")
    assert page.evaluate(FOCUSED) == "1) Ouverture"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "I/ Délais de réponse"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "mm-text"
    expect(current(page)).to_have_text("I/ Délais de réponse")
    page.keyboard.press("Alt+F9")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "mm-text"


def test_the_outline_is_one_stop_for_tab(page):
    expect(page.locator('.mm-side nav button[tabindex="0"]')).to_have_count(1)


def test_what_remains_is_listed_and_leads_to_its_place(page):
    expect(left(page)).to_have_text(
        ["Point « 3. Accueil » de l’ordre du jour : le texte n’en parle pas.", "Question sans réponse : « Quand ? »."]
    )
    left(page).last.click()
    page.keyboard.press("End")
    page.keyboard.type(" Dites.")
    expect(text_area(page)).to_contain_text("Quand ? Dites.")


def test_what_is_done_leaves_the_list(page):
    left(page).last.click()
    page.get_by_role("button", name="Ajouter une réponse").click()
    page.keyboard.type("Demain.")
    expect(left(page)).to_have_text(["Point « 3. Accueil » de l’ordre du jour : le texte n’en parle pas."])
    type_after(page, "La séance", "")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Accueil")
    expect(left(page)).to_have_text(["Rien n’est écrit sous « Accueil »."])
    page.keyboard.press("Enter")
    page.keyboard.type("Repeint.")
    expect(page.locator(".mm-side__none")).to_be_visible()


def test_other_parts_add_their_points(page):
    point = {"kind": "change", "text": "Présences : changées depuis.", "section": SECOND}
    page.evaluate(
        "points => document.dispatchEvent(new CustomEvent('minutes:points', {detail: {source: 'facts', points}}))",
        [point],
    )
    expect(left(page)).to_have_count(3)
    left(page).last.click()
    expect(current(page)).to_have_text("I/ Délais de réponse")


def test_an_address_with_a_section_opens_there(context, portal, opened):
    page = opened(context.new_page(), portal)
    page.goto(f"{portal.address}/#s-{SECOND}")
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    expect(current(page)).to_have_text("I/ Délais de réponse")


def test_on_a_phone_it_is_closed_and_the_keyboard_opens_it(context, portal, opened):
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, portal)
    expect(outline(page).first).to_be_hidden()
    type_after(page, "La séance", "")
    page.keyboard.press("Alt+F9")
    expect(outline(page).first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
