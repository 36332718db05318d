"""Each page of the portal's own, in Chromium: axe at two widths, nothing sideways, nothing the policy refuses."""

import os
from pathlib import Path

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.organisations.models import PrefectureSettings
from clu_portal.tenancy import scope
from clu_portal.tests.browser import PHONE, WIDE, assert_accessible, assert_fits, sign_in
from clu_portal.tests.factories import PrefectureFactory, user_with_role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("clu_portal.tests.gallery"),
]
ZOOMED = (640, 320)  # 1280 px at 200 % (RGAA 10.4), and the width of RGAA 10.11
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
SCREENSHOTS = os.environ.get("CLU_SCREENSHOTS", "")
STATUS = {"error": 500, "unavailable": 503, "forbidden": 403, "not_found": 404}
PUBLIC = [
    "",
    "accessibilite/",
    "mentions-legales/",
    "donnees-personnelles/",
    "plan-du-site/",
    "valmarche/",
    "valmarche/accessibilite/",
    "valmarche/mentions-legales/",
    "valmarche/donnees-personnelles/",
    "valmarche/plan-du-site/",
    "verifier/",
    "compte/connexion/",
    "compte/mot-de-passe/oublie/",
    "compte/mot-de-passe/oublie/envoye/",
    "compte/desactive/",
    "galerie/",
    "panne/error/",
    "panne/unavailable/",
    "valmarche/panne/forbidden/",
    "valmarche/panne/not_found/",
]
SIGNED_IN = [
    "valmarche/",
    "valmarche/plan-du-site/",
    "valmarche/equipe/",
    "compte/seances/",
    "compte/mot-de-passe/",
    "compte/deconnexion/",
    "compte/double-authentification/",
    "compte/double-authentification/application/ajouter/",
    "compte/double-authentification/cles/",
    "compte/double-authentification/confirmer/",
    "compte/confirmer/",
    "compte/double-authentification/cles/ajouter/",
]


@pytest.fixture
def valmarche(transactional_db):
    prefecture = PrefectureFactory(slug="valmarche", name="Préfecture de la Valmarche")
    with scope(prefecture.pk):
        PrefectureSettings.objects.create()
    return prefecture


def look_at(page, address: str) -> None:
    """Open a page and hold it, at both widths, to what every page must be."""
    answer = page.goto(address)
    assert answer.status == STATUS.get(address.rstrip("/").rpartition("/")[2], 200)
    for name, size in (("wide", WIDE), ("phone", PHONE)):
        page.set_viewport_size(size)
        photograph(page, name)
        assert_accessible(page)
        assert_fits(page)
    for width in ZOOMED:
        page.set_viewport_size({"width": width, "height": 600})
        assert_fits(page)
    page.evaluate(SPACED)  # RGAA 10.12
    photograph(page, "spaced")
    assert_fits(page)
    assert page.violations == []  # of the policy enforced, and of Trusted Types too, which is only reported
    assert page.locator("h1").count() == 1


def photograph(page, name: str) -> None:
    if SCREENSHOTS:
        file = page.url.partition("//")[2].partition("/")[2].strip("/").replace("/", "-") or "accueil"
        page.screenshot(path=Path(SCREENSHOTS) / f"{file}-{name}.png", full_page=True)


@pytest.mark.parametrize("path", PUBLIC)
def test_B03_public_page_is_accessible_and_keeps_the_policy(browser_page, live_server, valmarche, path):
    look_at(browser_page, f"{live_server}/{path}")


@pytest.mark.parametrize("path", SIGNED_IN)
def test_B03_page_of_an_account_is_accessible_and_keeps_the_policy(browser_page, live_server, valmarche, path):
    with scope(valmarche.pk):
        user = user_with_role(RoleKind.REFERENT)
    sign_in(browser_page, user, str(live_server))
    look_at(browser_page, f"{live_server}/{path}")
