"""The pages of one's own account, by allauth: A01, A05, A06, A07, A08, B05, B06."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import User
from clu_portal.accounts.tests.helpers import address_in, as_shown, mails_to, sign_in
from clu_portal.mail.models import OutgoingMessage
from clu_portal.tests.factories import PASSWORD, RoleFactory, UserFactory, user_with_role

NEW_PASSWORD = "une autre phrase, toute neuve"
LOGIN, RESET = "/compte/connexion/", "/compte/mot-de-passe/oublie/"


@pytest.fixture
def agent(prefecture):
    return user_with_role(RoleKind.AGENT)


def log_in(client, email: str, password: str = PASSWORD, next_path: str = "", **extra):
    return client.post(LOGIN, {"login": email, "password": password, "next": next_path}, **extra)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def reset_link(client, agent) -> str:
    client.post(RESET, {"email": agent.email})
    return address_in(mails_to(agent.email)[-1], "/compte/mot-de-passe/nouveau/")


def choose(client, address: str, password: str = NEW_PASSWORD):
    moved = client.get(address)
    return client.post(moved["Location"], {"password1": password, "password2": password})


def test_agent_signs_in_by_address_and_password(client, agent):
    response = log_in(client, agent.email.upper(), next_path="/compte/revenir/")
    assert response["Location"] == "/compte/revenir/"
    assert signed_in(client)


def test_come_back_page_tells_to_return_to_the_minutes(client, agent):
    client.force_login(agent)
    assert "revenir à votre compte-rendu" in client.get("/compte/revenir/").content.decode()


def test_come_back_page_asks_for_a_sign_in(client, db):
    assert client.get("/compte/revenir/")["Location"] == "/compte/connexion/?next=/compte/revenir/"


@pytest.mark.parametrize(
    "address",
    [
        LOGIN,
        RESET,
        RESET + "envoye/",
        "/compte/mot-de-passe/nouveau/1-abc/",
        "/compte/mot-de-passe/nouveau/fait/",
        "/compte/desactive/",
    ],
)
def test_public_pages_are_drawn(client, db, address):
    page = client.get(address, follow=True)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "address",
    [
        "/compte/deconnexion/",
        "/compte/confirmer/",
        "/compte/mot-de-passe/",
        "/compte/seances/",
        "/compte/double-authentification/",
        "/compte/double-authentification/application/ajouter/",
        "/compte/double-authentification/cles/",
        "/compte/double-authentification/cles/ajouter/",
    ],
)
def test_own_pages_are_drawn_for_an_agent_and_hidden_from_others(client, agent, address):
    assert client.get(address)["Location"].startswith((LOGIN, "/"))
    sign_in(client, agent)
    page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "address", ["/compte/mot-de-passe/", "/compte/confirmer/", "/compte/double-authentification/"]
)
def test_member_has_no_page_of_password(client, prefecture, address):
    client.force_login(user_with_role(RoleKind.MEMBER, user=UserFactory(email=None, password=None)))
    assert client.get(address).status_code == 404
    assert client.get("/compte/seances/").status_code == 200


@pytest.mark.parametrize("address", ["/compte/signup/", "/compte/inscription/", "/compte/email/", "/compte/login/"])
def test_no_sign_up_and_no_change_of_address(client, agent, address):
    client.force_login(agent)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "next_path",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
    ],
)
def test_B05_sign_in_leads_nowhere_outside(client, agent, next_path):
    assert log_in(client, agent.email, next_path=next_path)["Location"] == "/"


@pytest.mark.parametrize("next_path", ["http://testserver/x", "http://127.0.0.1:8000/x"])
def test_B05_not_even_to_an_allowed_host(client, agent, next_path):
    assert log_in(client, agent.email, next_path=next_path)["Location"] == "/"


@pytest.mark.parametrize("address", ["/compte/deconnexion/", "/compte/confirmer/"])
def test_B05_other_pages_with_next_lead_nowhere_outside(client, agent, address):
    sign_in(client, agent)
    response = client.post(address, {"next": "//evil.example/", "password": PASSWORD})
    assert response["Location"] == "/"


def test_A01_session_changes_at_sign_in_and_dies_at_sign_out(client, agent):
    client.get(f"/acces/{'x' * 43}/")
    before = client.session.session_key
    log_in(client, agent.email)
    during = client.session.session_key
    client.post("/compte/deconnexion/")
    assert before != during
    assert not Session.objects.filter(session_key__in=[before, during]).exists()


def test_A01_change_of_password_ends_the_other_sessions_and_says_so(client, agent):
    other = Client()
    log_in(other, agent.email)
    log_in(client, agent.email)
    former = client.session.session_key
    client.post(
        "/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert client.get("/compte/seances/").status_code == 200
    assert client.session.session_key != former
    assert other.get("/compte/seances/").status_code == 302
    assert "Le mot de passe de votre compte a été changé." in mails_to(agent.email)[-1].text


def test_A01_disabled_account_is_out_at_the_next_page_and_cannot_come_back(client, agent):
    log_in(client, agent.email)
    User.objects.filter(pk=agent.pk).update(is_active=False)
    assert client.get("/compte/seances/").status_code == 302
    assert log_in(Client(), agent.email)["Location"] == "/compte/desactive/"


def test_sessions_page_closes_the_others(client, agent):
    other = Client()
    for browser in (other, client):
        log_in(browser, agent.email)
        browser.get("/compte/seances/")
    client.post("/compte/seances/")
    assert other.get("/compte/seances/").status_code == 302
    assert client.get("/compte/seances/").status_code == 200


# --- Reset


def test_A08_key_leaves_the_address_before_anything_is_shown(client, agent):
    address = reset_link(client, agent)
    response = client.get(address)
    key = address.rstrip("/").partition("-")[2].partition("-")[2]
    assert (response.status_code, response.content) == (302, b"")
    assert key not in response["Location"]
    assert client.get(response["Location"]).status_code == 200


def test_reset_changes_the_password_and_does_not_sign_in(client, agent):
    response = choose(client, reset_link(client, agent))
    assert response["Location"] == "/compte/mot-de-passe/nouveau/fait/"
    assert not signed_in(client)
    assert User.objects.get(pk=agent.pk).check_password(NEW_PASSWORD)
    assert "remplacé" in mails_to(agent.email)[-1].text


def test_B06_reset_link_ignores_the_host_of_the_request(client, agent, settings):
    client.post(RESET, {"email": agent.email}, HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_HOST="evil.example")
    assert f"{settings.BASE_URL}/compte/mot-de-passe/nouveau/" in mails_to(agent.email)[-1].text


def test_A07_reset_mail_is_not_sent_past_the_end_of_its_link(client, agent, settings):
    before = timezone.now()
    client.post(RESET, {"email": agent.email})
    expires_at = mails_to(agent.email)[-1].ticket.expires_at
    assert (
        timedelta(0) <= expires_at - before - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) < timedelta(minutes=1)
    )


@pytest.mark.parametrize("case", ["expired", "used", "truncated", "other_person", "password_changed"])
def test_A07_reset_link_refused(client, agent, case):
    address = reset_link(client, agent)
    if case == "used":
        choose(Client(), address, PASSWORD + " bis")
    if case == "truncated":
        address = address[:-3] + "/"
    if case == "other_person":
        uid = address.rstrip("/").rpartition("/")[2].partition("-")[0]
        other = user_with_role(RoleKind.AGENT)
        address = address.replace(f"/{uid}-", f"/{user_pk_to_url_str(other)}-")
    if case == "password_changed":
        agent.set_password(PASSWORD + " ter")
        agent.save()
    with time_machine.travel(time.time() + (3660 if case == "expired" else 60)):
        response = choose(client, address)
    assert "Ce lien n'est pas valable" in response.content.decode()
    assert not User.objects.get(pk=agent.pk).check_password(NEW_PASSWORD)


def test_A06_reset_answers_unknown_addresses_like_known_ones(client, agent):
    known, unknown = (client.post(RESET, {"email": email}, follow=True) for email in (agent.email, "x@example.org"))
    assert as_shown(known) == as_shown(unknown)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.recipient for message in OutgoingMessage.objects.all()] == [agent.email]


def test_A06_sign_in_answers_unknown_addresses_like_known_ones(client, agent):
    answers = [
        as_shown(log_in(client, email, "faux mot de passe")) for email in (agent.email, "agentx@valmarche.example")
    ]
    assert answers[0].replace(agent.email, "") == answers[1].replace("agentx@valmarche.example", "")


@pytest.mark.parametrize("case", ["disabled", "without_role", "without_password"])
def test_reset_writes_to_nobody_who_could_not_come_in(client, prefecture, case):
    user = UserFactory(is_active=case != "disabled", **({"password": None} if case == "without_password" else {}))
    if case != "without_role":
        RoleFactory(user=user, kind=RoleKind.AGENT)
    assert client.post(RESET, {"email": user.email}).status_code == 302
    assert not OutgoingMessage.objects.exists()


def test_mail_of_a_national_admin_leaves_from_the_national_administration(client, db):
    from clu_portal.organisations.models import Prefecture
    from clu_portal.tenancy import scope

    national = Prefecture.national()
    admin = RoleFactory(kind=RoleKind.NATIONAL_ADMIN, prefecture_id=national.pk).user
    client.post(RESET, {"email": admin.email})
    with scope(national.pk):
        assert len(mails_to(admin.email)) == 1


# --- Limits


def test_A05_passwords_are_limited_whatever_is_forged(client, agent):
    for n in range(5):
        log_in(client, agent.email, "faux mot de passe", HTTP_X_FORWARDED_FOR=f"10.0.{n}.1")
    log_in(client, agent.email, HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert not signed_in(client)


def test_A05_address_within_one_64_does_not_help(client, agent):
    for n in range(5):
        log_in(client, agent.email, "faux mot de passe", REMOTE_ADDR=f"2001:db8::{n + 1:x}")
    log_in(client, agent.email, REMOTE_ADDR="2001:db8::ffff")
    assert not signed_in(client)


def test_A05_a_third_party_locks_nobody_out(client, agent):
    for _ in range(8):
        log_in(Client(), agent.email, "faux mot de passe", REMOTE_ADDR="198.51.100.7")
    log_in(client, agent.email, REMOTE_ADDR="192.0.2.7")
    assert signed_in(client)


@pytest.mark.long
def test_A05_account_is_limited_over_all_networks_but_its_usual_one(client, agent):
    log_in(client, agent.email, REMOTE_ADDR="192.0.2.7")
    client.post("/compte/deconnexion/")
    for n in range(50):
        log_in(Client(), agent.email, "faux mot de passe", REMOTE_ADDR=f"10.{n}.0.1")
    log_in(Client(), agent.email, REMOTE_ADDR="203.0.113.7")
    stranger = Client()
    log_in(stranger, agent.email, REMOTE_ADDR="203.0.113.7")
    log_in(client, agent.email, REMOTE_ADDR="192.0.2.7")
    assert (signed_in(stranger), signed_in(client)) == (False, True)


def test_A05_resets_are_limited_per_account(client, agent):
    answers = {client.post(RESET, {"email": agent.email}, REMOTE_ADDR=f"10.{n}.0.1").status_code for n in range(7)}
    assert len(mails_to(agent.email)) <= 5
    assert answers <= {302, 429}


@pytest.mark.parametrize(
    "address",
    [LOGIN, RESET, "/compte/deconnexion/", "/compte/confirmer/", "/compte/mot-de-passe/", "/compte/seances/"],
)
def test_B04_post_without_csrf_token_is_refused(agent, address):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, agent)
    assert client.post(address, {"login": agent.email, "password": PASSWORD}).status_code == 403
