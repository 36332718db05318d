"""A03: an account whose roles ask for a second factor sees nothing without it, whatever way it came."""

from datetime import timedelta
from urllib.parse import quote_plus

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken
from django.test import Client
from django.utils import timezone

from clu_portal.accounts import invitations
from clu_portal.accounts.enums import SECOND_FACTOR_ROLES, RoleKind
from clu_portal.accounts.models import User
from clu_portal.accounts.tests.helpers import activate_totp, address_in, mails_to, sign_in, token_in, totp_code
from clu_portal.organisations.models import Prefecture
from clu_portal.tests.factories import PASSWORD, UserFactory, user_with_role

ACTIVATION = "/compte/double-authentification/application/ajouter/"
GIVE = "/compte/double-authentification/verifier/"
LOGIN = "/compte/connexion/"
NEW_PASSWORD = "une autre phrase, toute neuve"


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def agent(prefecture):
    return user_with_role(RoleKind.AGENT)


def log_in(client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def is_inside(client, prefecture) -> bool:
    return client.get(f"/{prefecture.slug}/equipe/").status_code == 200


@pytest.mark.parametrize("kind", sorted(SECOND_FACTOR_ROLES))
def test_A03_account_without_factor_sees_the_activation_only(client, prefecture, kind):
    prefecture = Prefecture.national() if kind == RoleKind.NATIONAL_ADMIN else prefecture
    log_in(client, user_with_role(kind, prefecture_id=prefecture.pk).email)
    pages = [
        f"/{prefecture.slug}/",
        "/",
        f"/{prefecture.slug}/equipe/",
        "/compte/revenir/",
        "/compte/seances/",
        "/compte/mot-de-passe/",
        f"/{prefecture.slug}/connexion/",
        "/acces/",
    ]
    assert {client.get(page)["Location"] for page in pages} == {ACTIVATION}
    assert {client.post(page)["Location"] for page in pages} == {ACTIVATION}


@pytest.mark.parametrize(
    "address", [ACTIVATION, "/compte/double-authentification/cles/ajouter/", "/compte/deconnexion/", "/healthz"]
)
def test_A03_activation_sign_out_and_health_stay_open(client, agent, address):
    log_in(client, agent.email)
    assert client.get(address).status_code == 200


def test_A03_json_request_is_refused_without_a_redirection(client, agent, prefecture):
    log_in(client, agent.email)
    response = client.patch(f"/{prefecture.slug}/", data={}, content_type="application/json")
    assert (response.status_code, response.json()) == (403, {"error": "second_factor"})


def test_A03_member_needs_none(client, prefecture):
    client.force_login(user_with_role(RoleKind.MEMBER, user=UserFactory(email=None, password=None)))
    assert client.get("/compte/revenir/").status_code == 200


def test_A03_setting_off_asks_nothing(client, agent, prefecture, settings):
    settings.SECOND_FACTOR = False
    log_in(client, agent.email)
    assert is_inside(client, prefecture)


def test_A03_activation_opens_the_portal_to_this_session(client, agent, prefecture):
    log_in(client, agent.email)
    client.get(ACTIVATION)
    response = client.post(ACTIVATION, {"code": totp_code(client.session["mfa.totp.secret"])})
    assert response.status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


@pytest.mark.django_db(transaction=True)
def test_A03_session_opened_by_the_password_alone_stays_out_after_an_activation_elsewhere(client):
    from clu_portal.tenancy import scope
    from clu_portal.tests.factories import PrefectureFactory

    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        agent = user_with_role(RoleKind.AGENT)
    thief = Client()
    log_in(thief, agent.email)
    log_in(client, agent.email)
    client.get(ACTIVATION)
    client.post(ACTIVATION, {"code": totp_code(client.session["mfa.totp.secret"])})
    assert is_inside(client, prefecture)
    assert thief.get(f"/{prefecture.slug}/equipe/")["Location"].startswith(LOGIN)
    with scope(prefecture.pk):
        assert "Une application d'authentification a été ajoutée" in mails_to(agent.email)[-1].text


def test_A03_password_alone_does_not_sign_in_once_a_factor_is_there(client, agent):
    activate_totp(agent)
    assert log_in(client, agent.email)["Location"] == GIVE
    assert "_auth_user_id" not in client.session


def test_A03_password_then_code_signs_in(client, agent, prefecture):
    secret = activate_totp(agent)
    log_in(client, agent.email)
    assert client.get(GIVE).status_code == 200
    client.post(GIVE, {"code": totp_code(secret)})
    assert is_inside(client, prefecture)


def test_A03_secrets_are_not_readable_in_the_database(agent):
    secret = activate_totp(agent)
    RecoveryCodes.activate(agent)
    stored = dict(Authenticator.objects.values_list("type", "data"))
    assert secret not in str(stored)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(totp_code(secret))
    assert stored["recovery_codes"]["seed"].startswith("gAAAA")
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()) == 10


def test_A03_secrets_are_read_with_the_former_key_and_written_with_the_new_one(agent, settings):
    adapter, former = get_adapter(), settings.SECRET_KEY
    written = adapter.encrypt("ABCDEF")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "une autre clé, de même longueur" * 2, [former]
    assert adapter.decrypt(written) == "ABCDEF"
    written_now = adapter.encrypt("ABCDEF")
    settings.SECRET_KEY_FALLBACKS = []
    assert adapter.decrypt(written_now) == "ABCDEF"
    with pytest.raises(InvalidToken):
        adapter.decrypt(written)


def test_A05_codes_are_limited(client, agent):
    secret = activate_totp(agent)
    log_in(client, agent.email)
    for _ in range(5):
        client.post(GIVE, {"code": "000000"})
    client.post(GIVE, {"code": totp_code(secret)})
    assert "_auth_user_id" not in client.session


def test_A03_a_session_that_never_gave_the_factor_must_give_it(client, agent, prefecture):
    activate_totp(agent)
    sign_in(client, agent, method="password")
    location = client.get(f"/{prefecture.slug}/")["Location"]
    assert location.startswith("/compte/double-authentification/confirmer/")
    assert client.get(location).status_code == 200


FACTORS = "/compte/double-authentification/"
MAKING = [
    ACTIVATION,
    f"{FACTORS}cles/ajouter/",
    f"{FACTORS}codes/",
    f"{FACTORS}codes/nouveaux/",
    f"{FACTORS}application/retirer/",
    "/compte/confirmer/",
]


@pytest.mark.parametrize("address", MAKING)
def test_A03_a_session_that_owes_the_factor_cannot_make_another(client, agent, address):
    activate_totp(agent)
    sign_in(client, agent, method="password")
    assert [getattr(client, method)(address)["Location"] for method in ("get", "post")] == [
        f"{FACTORS}confirmer/?next={quote_plus(address)}"
    ] * 2
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["totp"]


@pytest.mark.parametrize("address", [f"{FACTORS}confirmer/", "/compte/deconnexion/", "/healthz"])
def test_A03_a_session_that_owes_the_factor_gives_it_or_signs_out(client, agent, address):
    activate_totp(agent)
    sign_in(client, agent, method="password")
    assert client.get(address).status_code == 200


def test_A03_an_account_without_factor_has_none_to_give(client, agent):
    sign_in(client, agent, method="password", seconds_ago=301)
    assert client.get(f"{FACTORS}confirmer/")["Location"] == ACTIVATION
    assert "/compte/confirmer/" in client.get(ACTIVATION)["Location"]
    assert client.get("/compte/confirmer/").status_code == 200


def test_A03_factor_removed_asks_for_another_at_once(client, agent, prefecture):
    activate_totp(agent)
    sign_in(client, agent, method="mfa")
    assert is_inside(client, prefecture)
    Authenticator.objects.all().delete()
    assert client.get(f"/{prefecture.slug}/")["Location"] == ACTIVATION


def test_A03_recovery_codes_alone_are_no_factor(client, agent, prefecture):
    RecoveryCodes.activate(agent)
    sign_in(client, agent, method="mfa")
    assert client.get(f"/{prefecture.slug}/")["Location"] == ACTIVATION


@pytest.mark.parametrize("has_factor", [True, False])
def test_A03_reset_is_no_way_round(client, agent, prefecture, has_factor):
    if has_factor:
        activate_totp(agent)
    client.post("/compte/mot-de-passe/oublie/", {"email": agent.email})
    moved = client.get(address_in(mails_to(agent.email)[-1], "/compte/mot-de-passe/nouveau/"))
    client.post(moved["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert not is_inside(client, prefecture) or "_auth_user_id" not in client.session
    response = log_in(client, agent.email, NEW_PASSWORD)
    if has_factor:
        assert response["Location"] == GIVE
        assert "_auth_user_id" not in client.session
    else:
        assert client.get(f"/{prefecture.slug}/")["Location"] == ACTIVATION


def test_A03_invitation_is_no_way_round_for_a_new_account(client, prefecture):
    by = user_with_role(RoleKind.REFERENT)
    invitations.invite(by=by, name="Colette Ravel", email="colette@valmarche.example", kind=RoleKind.AGENT)
    client.get(f"/acces/{token_in(mails_to('colette@valmarche.example')[0])}/")
    client.post("/acces/", {"name": "Colette Ravel", "password": PASSWORD, "password_again": PASSWORD})
    assert User.objects.filter(email="colette@valmarche.example").exists()
    assert "_auth_user_id" not in client.session
    log_in(client, "colette@valmarche.example")
    assert client.get(f"/{prefecture.slug}/")["Location"] == ACTIVATION


def test_A03_invitation_is_no_way_round_for_a_known_account(client, agent, prefecture):
    activate_totp(agent)
    by = user_with_role(RoleKind.REFERENT)
    invitations.invite(by=by, name="Agent", email=agent.email, kind=RoleKind.AUDITOR)
    client.get(f"/acces/{token_in(mails_to(agent.email)[0])}/")
    log_in(client, agent.email)
    client.post("/acces/")
    assert "_auth_user_id" not in client.session
    assert not User.objects.get(pk=agent.pk).roles.filter(kind=RoleKind.AUDITOR).exists()


def test_A11_removing_the_factor_asks_for_a_fresh_verification(client, agent):
    activate_totp(agent)
    sign_in(client, agent, method="mfa", seconds_ago=301)
    address = "/compte/double-authentification/application/retirer/"
    assert "/confirmer/" in client.get(address)["Location"]
    assert "/confirmer/" in client.post(address)["Location"]
    assert Authenticator.objects.exists()


# --- A02


@pytest.mark.parametrize(("minutes", "open_still"), [(119, True), (121, False)])
def test_A02_idle_session_ends(client, prefecture, settings, minutes, open_still):
    settings.SECOND_FACTOR = False
    client.force_login(user_with_role(RoleKind.AGENT))
    start = timezone.now()
    assert is_inside(client, prefecture)
    with time_machine.travel(start + timedelta(minutes=minutes)):
        assert (client.get("/compte/revenir/").status_code == 200) == open_still


@pytest.mark.parametrize(("hours", "open_still"), [(11, True), (13, False)])
def test_A02_session_ends_after_twelve_hours_though_used(client, prefecture, settings, hours, open_still):
    settings.SECOND_FACTOR = False
    client.force_login(user_with_role(RoleKind.AGENT))
    start = timezone.now()
    for hour in range(hours + 1):
        with time_machine.travel(start + timedelta(hours=hour)):
            status = client.get("/compte/revenir/").status_code
    assert (status == 200) == open_still
