import pytest
from playwright.sync_api import expect

from clu_portal.tests.browser import PHONE, assert_accessible, assert_fits, assert_no_csp_violation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("clu_portal.tests.gallery"),
]


def refused(page, live_server):
    page.goto(f"{live_server}/galerie/")
    page.get_by_label("Texte").fill("Une remarque <b>à garder</b>")
    page.get_by_label("Lieu").select_option("Salle B")
    page.get_by_text("Mardi", exact=True).click()  # the DSFR lays the label over the box
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()


def test_refused_form_focuses_its_summary_and_keeps_what_was_typed(browser_page, live_server):
    refused(browser_page, live_server)
    expect(browser_page.locator("[data-error-summary]")).to_be_focused()
    assert browser_page.get_by_label("Texte").input_value() == "Une remarque <b>à garder</b>"
    assert browser_page.get_by_label("Lieu").input_value() == "b"
    assert browser_page.get_by_label("Mardi").is_checked()


def test_summary_leads_to_each_field_with_the_keyboard(browser_page, live_server):
    refused(browser_page, live_server)
    for label, target in (("Nom", "id_name"), ("Avis", "id_opinion_0"), ("J'ai relu", "id_sure")):
        browser_page.get_by_role("link", name=label, exact=True).press("Enter")
        expect(browser_page.locator(f"#{target}")).to_be_focused()


def test_refused_form_is_accessible_on_a_phone_too(browser_page, live_server):
    refused(browser_page, live_server)
    assert_accessible(browser_page)
    browser_page.set_viewport_size(PHONE)
    assert_accessible(browser_page)
    assert_fits(browser_page)
    assert_no_csp_violation(browser_page)


def test_menu_of_a_phone_opens_holds_the_focus_and_closes_with_the_keyboard(browser_page, live_server):
    browser_page.set_viewport_size(PHONE)
    browser_page.goto(f"{live_server}/galerie/")
    browser_page.get_by_role("button", name="Menu").press("Enter")
    menu = browser_page.locator("#menu-principal")
    menu.get_by_role("link", name="Se connecter").wait_for()
    assert_accessible(browser_page)
    browser_page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert_no_csp_violation(browser_page)


def test_first_tab_reaches_the_link_to_the_content(browser_page, live_server):
    browser_page.goto(f"{live_server}/galerie/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Contenu"
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#contenu")).to_be_focused()
