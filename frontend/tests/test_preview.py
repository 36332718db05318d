"""The pages beside the text: asked once the text is saved, shown as they come, a failure said with its section."""

import base64

import pytest
from editor_actions import type_after
from playwright.sync_api import expect
from protocol_server import section

from conftest import FIRST, SECOND, open_editor

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
ADDRESS = "/valmarche/comptes-rendus/7/apercu/"


class Pages:
    """The server of the pages: a POST asks, two GET later they are drawn; what was saved at each POST is kept."""

    def __init__(self, minutes):
        self.minutes, self.asked, self.left, self.failure, self.count = minutes, [], 0, "", 2

    def answer(self, route):
        if "/pages/" in route.request.url:
            is_kept = self.standing()["drawn"] in route.request.url
            return route.fulfill(body=PIXEL, content_type="image/png") if is_kept else route.fulfill(status=404)
        if route.request.method == "POST":
            self.asked.append(self.minutes.text())
            self.left = 2
        self.left = max(0, self.left - (route.request.method == "GET"))
        return route.fulfill(json=self.standing())

    def standing(self) -> dict:
        drawn = f"{len(self.asked) - bool(self.left):016d}"
        there = int(drawn) > 0
        return {
            "stage": "drawing" if self.left else "failed" if self.failure else "done",
            "message": "" if self.left else self.failure,
            "drawn": drawn if there else "",
            "pages": [f"{ADDRESS}{drawn}/pages/{number}/" for number in range(1, self.count + 1)] if there else [],
            "sections": [{"id": FIRST, "page": 1}, {"id": SECOND, "page": 2}] if there else [],
        }


@pytest.fixture
def pages(context, minutes):
    server = Pages(minutes)
    context.route("**/apercu/**", server.answer)
    return server


def panel(page):
    return page.get_by_role("region", name="Aperçu des pages")


def toggle(page):
    return page.get_by_role("button", name="Aperçu des pages")


def is_up_to_date(page):
    expect(panel(page)).to_have_attribute("data-stage", "done")


def test_preview_is_off_until_asked_for_and_remembered(pages, page, portal):
    expect(panel(page)).to_be_hidden()
    type_after(page, "La séance", " Bien.")
    expect(page.locator(".mm-status")).to_have_attribute("data-state", "saved")
    assert pages.asked == []
    toggle(page).click()
    expect(toggle(page)).to_have_attribute("aria-expanded", "true")
    is_up_to_date(page)
    expect(panel(page).get_by_role("img", name="Page 2 sur 2")).to_be_visible()
    page.reload()
    page.wait_for_selector("#minutes-editor[data-ready]")
    is_up_to_date(page)
    toggle(page).click()
    expect(panel(page)).to_be_hidden()


def test_preview_after_a_pause_is_of_the_text_once_saved(pages, page):
    toggle(page).click()
    is_up_to_date(page)
    former = panel(page).get_by_role("img").first.get_attribute("src")
    type_after(page, "La séance", " À neuf heures.")
    expect(panel(page).get_by_role("img").first).not_to_have_attribute("src", former)
    is_up_to_date(page)
    assert len(pages.asked) == 2
    assert "À neuf heures." in pages.asked[1]


def test_preview_that_failed_names_the_section_keeps_the_former_pages_and_is_tried_again(pages, page):
    toggle(page).click()
    is_up_to_date(page)
    pages.failure = "Section « 1) Ouverture » : caractères que les polices ne contiennent pas : 🎉"
    type_after(page, "La séance", " Bravo.")
    expect(panel(page)).to_contain_text("Section « 1) Ouverture »")
    expect(panel(page)).to_have_attribute("data-stage", "failed")
    expect(page.get_by_role("status").filter(has_text="Pages non refaites")).to_have_count(1)
    expect(panel(page).get_by_role("img")).to_have_count(2)
    pages.failure = ""
    panel(page).get_by_role("button", name="Réessayer").click()
    is_up_to_date(page)
    assert page.evaluate("window.violations") == []


def test_preview_shows_the_page_of_the_section_of_the_cursor(pages, page):
    toggle(page).click()
    is_up_to_date(page)
    page.get_by_text("Les délais ont été tenus.").click()
    expect(panel(page).get_by_role("img", name="Page 2 sur 2")).to_be_in_viewport()


def test_preview_is_shown_at_once_on_a_wide_screen(pages, context, portal):
    page = context.new_page()
    page.set_viewport_size({"width": 1600, "height": 900})
    is_up_to_date(open_editor(page, portal))


def test_preview_takes_the_pages_that_somebody_else_had_drawn_when_its_own_are_gone(pages, page):
    pages.count = 12
    toggle(page).click()
    is_up_to_date(page)
    last = panel(page).get_by_role("img", name="Page 12 sur 12")
    assert last.evaluate("image => image.complete && image.naturalWidth") is not True
    pages.asked.append("drawn for somebody else")
    last.scroll_into_view_if_needed()
    expect(last).to_have_js_property("naturalWidth", 1)
    expect(panel(page)).to_have_attribute("data-stage", "done")


def test_preview_says_that_it_waits_for_the_choice_in_a_conflict(pages, page, minutes):
    toggle(page).click()
    is_up_to_date(page)
    type_after(page, "La séance", " Ici.")
    minutes.write_elsewhere(section(FIRST, "Ouverture", "La séance est ouverte. Ailleurs.", label="1)"))
    page.keyboard.press("Control+s")
    expect(panel(page)).to_contain_text("Les pages attendent le choix dans le conflit")
    type_after(page, "Les délais", " Plus tard.")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    expect(panel(page)).to_contain_text("Les pages attendent le choix dans le conflit")
    page.get_by_role("button", name="Garder ma version").click()
    is_up_to_date(page)
    assert "Ici." in pages.asked[-1]
