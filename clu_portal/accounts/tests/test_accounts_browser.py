"""In Chromium: security keys for real (a virtual authenticator), and pages that axe and the policy accept."""

import pytest

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.tests.helpers import totp_code
from clu_portal.tenancy import scope
from clu_portal.tests.browser import PHONE, assert_accessible, assert_fits, assert_no_csp_violation
from clu_portal.tests.factories import PASSWORD, PrefectureFactory, user_with_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server, settings) -> str:
    """The portal at a host name, since browsers refuse security keys at a bare address; second factor asked."""
    settings.BASE_URL = live_server.url.replace("127.0.0.1", "localhost")
    settings.CSRF_TRUSTED_ORIGINS = [settings.BASE_URL]
    settings.SECOND_FACTOR = settings.MFA_PASSKEY_LOGIN_ENABLED = settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
    return settings.BASE_URL


@pytest.fixture
def prefecture():
    return PrefectureFactory()


@pytest.fixture
def referent(prefecture):
    with scope(prefecture.pk):
        return user_with_role(RoleKind.REFERENT)


def give_authenticator(page) -> None:
    page.set_default_timeout(30_000)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_in(page, address: str, user) -> None:
    page.goto(f"{address}/compte/connexion/")
    page.get_by_label("Courriel").fill(user.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def test_A03_passkey_is_added_then_signs_in_alone(browser_page, address, prefecture, referent):
    give_authenticator(browser_page)
    log_in(browser_page, address, referent)
    browser_page.get_by_role("link", name="utiliser une clé de sécurité").click()
    browser_page.get_by_label("Sans mot de passe").check(force=True)
    browser_page.get_by_role("button", name="Ajouter").click()
    browser_page.wait_for_url("**/codes/")
    browser_page.goto(f"{address}/{prefecture.slug}/equipe/")
    browser_page.get_by_role("button", name="Se déconnecter").first.click()
    browser_page.wait_for_url(f"{address}/")
    browser_page.goto(f"{address}/compte/connexion/?next=/{prefecture.slug}/equipe/")
    browser_page.get_by_role("button", name="avec une clé de sécurité").click()
    browser_page.get_by_role("heading", name="Équipe", level=1).wait_for()
    assert_no_csp_violation(browser_page)


def test_A03_key_is_the_second_proof_after_the_password(browser_page, address, prefecture, referent):
    give_authenticator(browser_page)
    log_in(browser_page, address, referent)
    browser_page.get_by_role("link", name="utiliser une clé de sécurité").click()
    browser_page.get_by_role("button", name="Ajouter").click()
    browser_page.wait_for_url("**/codes/")
    browser_page.context.clear_cookies()
    log_in(browser_page, address, referent)
    assert browser_page.url.endswith("/double-authentification/verifier/")
    browser_page.get_by_role("button", name="Utiliser ma clé de sécurité").click()
    browser_page.wait_for_url(lambda url: "verifier" not in url)
    browser_page.goto(f"{address}/{prefecture.slug}/equipe/")
    assert browser_page.get_by_role("heading", level=1).inner_text() == "Équipe"


def test_application_is_activated_from_the_page(browser_page, address, prefecture, referent):
    log_in(browser_page, address, referent)
    secret = browser_page.get_by_label("Clé à recopier").input_value()
    browser_page.get_by_label("Code").fill(totp_code(secret))
    browser_page.get_by_role("button", name="Activer").click()
    browser_page.wait_for_url("**/codes/")
    browser_page.goto(f"{address}/{prefecture.slug}/equipe/")
    assert browser_page.get_by_role("heading", level=1).inner_text() == "Équipe"


def test_pages_are_accessible_wide_and_narrow(browser_page, address, prefecture, referent, settings):
    settings.SECOND_FACTOR = False
    public = ["/compte/connexion/", "/compte/mot-de-passe/oublie/", f"/{prefecture.slug}/connexion/", "/acces/"]
    check(browser_page, address, public)
    log_in(browser_page, address, referent)
    team, role = f"/{prefecture.slug}/equipe/", referent.roles.get()
    own = ["/compte/seances/", "/compte/mot-de-passe/", "/compte/double-authentification/", "/compte/revenir/"]
    own += ["/compte/double-authentification/application/ajouter/", "/compte/double-authentification/cles/ajouter/"]
    managing = [team, team + "inviter/", f"{team}roles/{role.pk}/", f"{team}{referent.pk}/depart/"]
    check(browser_page, address, own + managing)
    assert_no_csp_violation(browser_page)


def check(page, address: str, paths: list[str]) -> None:
    for path in paths:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address + path)
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_fits(page)
