"""What stands around the text passes axe: the outline, the search bar, the list of suggestions, at 1280 and 390 pixels."""

import pytest
from editor_actions import type_after
from playwright.sync_api import expect
from test_page import AXE, RULES


def faults(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(RULES)


@pytest.mark.parametrize("width", [1280, 390])
def test_search_bar_and_outline(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    for summary in page.locator(".mm-side summary").all():
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()
    type_after(page, "La séance", "")
    page.keyboard.press("Control+h")
    page.get_by_role("textbox", name="Chercher").fill("delai")
    expect(page.locator(".mm-search__count")).to_have_text("1 sur 2")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_list_of_suggestions(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    type_after(page, "La séance", " /")
    expect(page.get_by_role("option")).to_have_count(2)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("window.violations") == []
