"""The pages of an account in French and in the portal's look; a security key really added, in Chromium."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect

from clu_portal.accounts.enums import RoleKind
from clu_portal.lib.text import proposed_slug
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.browser import assert_accessible, assert_no_csp_violation, sign_in
from clu_portal.tests.factories import PASSWORD, PrefectureFactory, user_with_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACTORS = "compte/double-authentification/"


@pytest.fixture
def user(transactional_db):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        return user_with_role(RoleKind.REFERENT)


@pytest.fixture
def named_portal(settings, live_server):
    """A portal whose address is a name: security keys may be tied to it."""
    settings.BASE_URL = str(live_server)
    settings.MFA_PASSKEY_LOGIN_ENABLED = True
    settings.MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
    return str(live_server)


@pytest.fixture
def with_key(browser_page):
    """Chromium's own virtual security key."""
    devtools = browser_page.context.new_cdp_session(browser_page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return browser_page


def give_password(page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/compte/connexion/")
    page.get_by_label("Courriel").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def test_agent_signs_in_and_out_by_the_pages(browser_page, live_server, user):
    give_password(browser_page, str(live_server), user.email, "pas le bon")
    expect(browser_page.locator("[data-error-summary]")).to_be_focused()
    assert_accessible(browser_page)
    give_password(browser_page, str(live_server), user.email, PASSWORD)
    browser_page.get_by_role("button", name="Se déconnecter").first.click()
    browser_page.get_by_role("status").filter(has_text="Vous êtes déconnecté.").wait_for()
    assert_no_csp_violation(browser_page)


def test_security_key_is_added_then_gives_the_second_proof_of_a_sign_in(with_key, named_portal, user):
    page, address = with_key, named_portal
    sign_in(page, user, address)
    page.goto(f"{address}/{FACTORS}cles/ajouter/")
    page.get_by_label("Nom de la clé").fill("Clé du bureau")
    page.get_by_role("button", name="Ajouter la clé").click()
    page.get_by_text("Clé de sécurité ajoutée.").wait_for()
    page.goto(f"{address}/{FACTORS}cles/")
    assert page.get_by_role("rowheader").all_inner_texts() == ["Clé du bureau"]
    assert_accessible(page)
    page.context.clear_cookies()
    give_password(page, address, user.email, PASSWORD)
    assert_accessible(page)
    page.get_by_role("button", name="Utiliser ma clé de sécurité").click()
    page.get_by_role("button", name="Se déconnecter").first.wait_for()
    assert_no_csp_violation(page)


def test_key_refused_by_the_browser_is_said_on_the_page(browser_page, named_portal, user, settings):
    settings.BASE_URL = "http://127.0.0.1:8000"  # numbers: no browser ties a key to them
    sign_in(browser_page, user, named_portal)
    browser_page.goto(f"{named_portal}/{FACTORS}cles/ajouter/")
    browser_page.get_by_role("button", name="Ajouter la clé").click()
    browser_page.get_by_role("alert").filter(has_text="une adresse faite de nombres").wait_for()
    assert_accessible(browser_page)


@pytest.mark.parametrize("path", ["application/retirer/", "codes/", "codes/nouveaux/", ""])
def test_pages_of_the_second_factor_once_active(browser_page, live_server, user, path):
    activate(user)
    sign_in(browser_page, user, str(live_server))
    answer = browser_page.goto(f"{live_server}/{FACTORS}{path}")
    assert answer.status == 200
    assert "récupération" not in browser_page.content()
    assert_accessible(browser_page)


def activate(user) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def test_address_of_a_new_prefecture_follows_its_name_until_it_is_typed(browser_page, live_server, transactional_db):
    national = Prefecture.national()
    with scope(national.pk):
        admin = user_with_role(RoleKind.NATIONAL_ADMIN)
    give_password(browser_page, str(live_server), admin.email, PASSWORD)
    browser_page.goto(f"{live_server}/administration-nationale/prefectures/creer/")
    name, slug = browser_page.get_by_label("Nom", exact=True), browser_page.get_by_label("Adresse")
    name.press_sequentially("Préfecture de l'Œuvre-Haute")
    assert slug.input_value() == proposed_slug("Préfecture de l'Œuvre-Haute") == "oeuvre-haute"
    slug.fill("haute")
    name.press_sequentially(" bis")
    assert slug.input_value() == "haute"
    assert_accessible(browser_page)
    assert_no_csp_violation(browser_page)
