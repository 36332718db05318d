"""The layout in Chromium: the preview follows what is typed; axe and no sideways scroll at two widths."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clu_portal.organisations.models import DocumentLayout
from clu_portal.tenancy import scope
from clu_portal.tests.browser import PHONE, WIDE, assert_accessible, assert_fits, assert_no_csp_violation, sign_in
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes.text import contents
from committees.tests.factories import drafted_minutes, referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
LAYOUT = "reglages/mise-en-page/"


@pytest.fixture
def office(transactional_db):
    prefecture = PrefectureFactory(slug="valmarche", authority_line="Préfète de la Valmarche")
    with scope(prefecture.pk):
        prefecture.by = referent()
        DocumentLayout.objects.create(signature_office="La secrétaire générale,", signature_by_hand=True)
        prefecture.draft = drafted_minutes(by=prefecture.by)
    return prefecture


@pytest.fixture
def visit(browser_page, live_server, office):
    sign_in(browser_page, office.by, str(live_server))

    def go(path: str):
        assert browser_page.goto(f"{live_server}/valmarche/{path}").status == 200
        return browser_page

    return go


def drawn(page):
    return page.frame_locator("#apercu").locator("body")


def test_preview_follows_what_is_typed_and_leaves_no_step_behind(visit):
    page = visit(LAYOUT)
    field, steps = page.locator("#id_page-letterhead"), page.evaluate("history.length")
    for words in ("Mission qualité", "Direction du budget"):
        field.fill(words)
        expect(drawn(page)).to_contain_text(words)
    assert page.locator("iframe").count() == 1
    assert page.evaluate("history.length") == steps
    expect(field).to_be_focused()
    assert_no_csp_violation(page)


def test_page_is_accessible_and_fits_at_two_widths(visit):
    page = visit(LAYOUT)
    expect(drawn(page)).to_contain_text("Compte-rendu")
    for width, size in (("wide", WIDE), ("390", PHONE)):
        page.set_viewport_size(size)
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"layout-{width}.png", full_page=True)
        assert_fits(page)
        assert_accessible(page)


def test_signature_of_the_layout_is_inserted_in_the_editor(visit, office):
    page = visit(f"comptes-rendus/{office.draft.pk}/rediger/")
    page.get_by_role("button", name="Insérer le bloc de signature").wait_for()
    inserted = page.locator("[data-signature-line]")
    before = inserted.count()
    page.locator(".ProseMirror section p").first.click()
    page.get_by_role("button", name="Insérer le bloc de signature").click()
    expect(inserted).to_have_count(before + 2)
    expect(inserted.nth(0)).to_have_text("La secrétaire générale,")
    expect(inserted.nth(1)).to_have_text("")
    inserted.nth(0).click()
    page.keyboard.press("End")
    page.keyboard.type(" par intérim")
    expect(page.locator(".mm-status")).to_have_attribute("data-state", "saved")
    with scope(office.pk):
        assert "par intérim" in str(contents(office.draft))
