"""A page left open on minutes in review says by itself what becomes of them, without being loaded again."""

import pytest
from playwright.sync_api import Page, expect

from clu_portal.tests.browser import assert_accessible
from committees.minutes.following import AWAITED
from committees.tests import main_job
from committees.tests.ready_made import drafted

pytestmark = pytest.mark.browser


@pytest.fixture
def minutes(live_office):
    return drafted(live_office)


@pytest.fixture
def waiting_page(live_office, minutes, visitors) -> Page:
    """The référent's page once the pages to approve are ready, the focus on the button « Renvoyer en rédaction »."""
    page = visitors.open(live_office.path(f"comptes-rendus/{minutes.pk}/"), user=live_office.referent)
    main_job.submit(page)
    expect(page.locator("[data-step]")).to_have_text(AWAITED)
    page.get_by_role("link", name="Renvoyer en rédaction").focus()
    page.evaluate("window.sameAsBefore = true")
    return page


def assert_said(page: Page, words: str) -> None:
    """Said politely, on the page as it was loaded, whose focus went where the change is."""
    expect(page.get_by_role("status").last).to_contain_text(words)
    assert page.evaluate("window.sameAsBefore")
    assert page.evaluate("document.activeElement.id") == "suivi"


def test_page_in_review_shows_the_seal_when_somebody_else_approves(live_office, minutes, waiting_page, visitors):
    approver = visitors.open(user=live_office.secretary_general)
    main_job.approve(approver, live_office, minutes)
    main_job.wait_sealed(waiting_page)
    assert_said(waiting_page, "Le compte-rendu est scellé.")
    expect(waiting_page.get_by_role("link", name="Télécharger le PDF scellé")).to_be_visible()
    expect(waiting_page.get_by_role("link", name="Renvoyer en rédaction")).to_have_count(0)
    assert_accessible(waiting_page)


def test_page_in_review_shows_the_reason_when_somebody_else_returns_it(live_office, minutes, waiting_page, visitors):
    approver = visitors.open(
        live_office.path(f"comptes-rendus/{minutes.pk}/renvoyer/"), user=live_office.secretary_general
    )
    approver.get_by_label("Ce qui est à reprendre").fill("Deux noms à corriger.")
    main_job.press(approver, "Renvoyer en rédaction")
    expect(waiting_page.get_by_text("Deux noms à corriger.")).to_be_visible()
    assert_said(waiting_page, "Le compte-rendu est renvoyé en rédaction.")
    expect(waiting_page.get_by_role("link", name="Rédiger")).to_be_visible()
