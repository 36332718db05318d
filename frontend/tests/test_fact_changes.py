"""A fact that changed is shown with both values, and taken or kept from the keyboard; nothing is applied unseen."""

import pytest
from conftest import FIRST
from editor_actions import text_area
from playwright.sync_api import expect

BRUN = {"key": "k1", "label": "Présences", "former": [], "new": ["M. Brun (Présents)"], "kept": False}
VISIT = {"key": "k2", "label": "Ordre du jour", "former": ["2. Visite"], "new": ["2. Visite du hall"], "kept": False}


@pytest.fixture
def changed(minutes, page):
    minutes.changes = [BRUN, VISIT]
    page.reload()
    expect(panel(page)).to_be_visible()
    return minutes


def panel(page):
    return page.locator(".mm-changes")


def test_both_values_are_shown_side_by_side(changed, page):
    expect(panel(page).get_by_role("heading", level=2)).to_have_text("2 faits ont changé")
    cases = panel(page).get_by_role("article")
    expect(cases.nth(0)).to_contain_text("Rien")
    expect(cases.nth(0)).to_contain_text("M. Brun (Présents)")
    expect(cases.nth(1)).to_contain_text("2. Visite du hall")


def test_what_remains_to_look_at_leads_to_the_changes(changed, page):
    left = page.get_by_role("complementary", name="Plan et points à regarder")
    left.get_by_role("button", name="Ordre du jour : ce fait a changé").click()
    expect(panel(page).get_by_role("heading", level=2)).to_be_focused()


def test_a_change_is_taken_then_the_other_kept_with_the_keyboard(changed, page):
    panel(page).get_by_role("button", name="Prendre la nouvelle valeur – Présences").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Il reste 1 changement.")).to_have_count(1)
    expect(panel(page).get_by_role("button", name="Prendre la nouvelle valeur – Ordre du jour")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Plus aucun changement à voir.")).to_have_count(1)
    expect(panel(page).locator("summary")).to_have_text("Gardés comme ils étaient (1)")
    assert changed.chosen == [("prendre", ["k1"]), ("garder", ["k2"])]


def test_all_are_taken_at_once_and_the_text_has_the_focus(changed, page):
    panel(page).get_by_role("button", name="Reprendre toutes les nouvelles valeurs").click()
    expect(panel(page)).to_be_hidden()
    expect(text_area(page)).to_be_focused()
    assert changed.chosen == [("prendre", ["k1", "k2"])]


def test_a_change_that_changed_again_is_shown_anew_and_said(changed, page):
    changed.changes = [BRUN | {"key": "k3", "new": ["M. Brun, maire (Présents)"]}]
    panel(page).get_by_role("button", name="Prendre la nouvelle valeur – Présences").click()
    expect(page.get_by_role("status").filter(has_text="a encore changé")).to_have_count(1)
    expect(panel(page)).to_contain_text("M. Brun, maire (Présents)")
    assert changed.chosen == []


def test_nothing_is_lost_or_taken_when_the_server_does_not_answer(changed, page):
    changed.faults.offline = True
    panel(page).get_by_role("button", name="Prendre la nouvelle valeur – Présences").click()
    expect(page.get_by_role("status").filter(has_text="rien n’a changé")).to_have_count(1)
    expect(panel(page).get_by_role("article")).to_have_count(2)


def test_a_change_made_in_another_tab_is_seen_on_return(minutes, page):
    expect(panel(page)).to_be_hidden()
    minutes.changes = [BRUN]
    minutes.facts["chair"] = FIRST
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(panel(page).get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Un fait a changé")).to_have_count(1)


def test_the_list_beside_the_text_leads_to_the_changes(changed, page):
    point = page.locator('.mm-side [data-kind="change"]').first
    expect(point).to_contain_text("ce fait a changé")
    point.click()
    expect(page.locator("#mm-changes-title")).to_be_focused()
