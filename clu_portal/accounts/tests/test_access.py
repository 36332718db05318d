"""The page of a personal link: A03, A07, A08."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from clu_portal.accounts import tokens
from clu_portal.accounts.enums import RoleKind, TokenPurpose
from clu_portal.accounts.models import AccessToken, Role, User
from clu_portal.accounts.tests.helpers import as_shown, mails_to, members_are, sign_in, token_in
from clu_portal.organisations.models import Person
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, UserFactory, user_with_role


def link_for(person, *, next_path="", days=1, purpose=TokenPurpose.MEMBER_SIGN_IN) -> str:
    expires_at = timezone.now() + timedelta(days=days)
    reference = f"person:{person.pk}"
    return tokens.create_token(purpose=purpose, object_reference=reference, expires_at=expires_at, next_path=next_path)


@pytest.fixture
def person(prefecture, monkeypatch):
    person = PersonFactory()
    members_are(monkeypatch, person.pk)
    return person


def test_A08_following_a_link_renders_nothing_and_moves_the_token_out(client, person):
    raw = link_for(person)
    response = client.get(f"/acces/{raw}/")
    assert (response.status_code, response["Location"], response.content) == (302, "/acces/", b"")
    assert raw not in str(dict(client.session.items()))


def test_A03_page_shows_one_button_and_spends_nothing(client, person):
    client.get(f"/acces/{link_for(person)}/")
    for _ in range(3):
        page = client.get("/acces/").content.decode()
    assert "Ouvrir mon espace" in page
    assert str(person) in page
    assert page.count('<form method="post" action="/acces/">') == 1
    assert AccessToken.objects.get().used_at is None


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_A03_mail_scanner_opens_the_link_without_spending_it(client, person, method):
    raw = link_for(person)
    getattr(client, method)(f"/acces/{raw}/", follow=True)
    assert AccessToken.objects.get().used_at is None


def test_A03_post_signs_in_and_leads_to_the_document(client, person, prefecture):
    client.get(f"/acces/{link_for(person, next_path=f'/{prefecture.slug}/comptes-rendus/3/')}/")
    response = client.post("/acces/")
    assert response["Location"] == f"/{prefecture.slug}/comptes-rendus/3/"
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.user_id)
    assert (person.user.email, person.user.has_usable_password(), str(person.user)) == (None, False, str(person))
    assert person.user.roles_in(prefecture.pk) == {RoleKind.MEMBER}


def test_second_sign_in_keeps_the_account_and_the_role(client, person):
    for _ in range(2):
        client.get(f"/acces/{link_for(person)}/")
        assert client.post("/acces/").status_code == 302
    assert (User.objects.count(), Role.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "next_path", ["//evil.example/", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]
)
def test_B05_link_leads_nowhere_outside(client, person, prefecture, next_path):
    client.get(f"/acces/{link_for(person, next_path=next_path)}/")
    assert client.post("/acces/")["Location"] == f"/{prefecture.slug}/"


def test_A01_session_is_fresh_and_the_former_one_dead(client, person):
    agent = user_with_role(RoleKind.AGENT)
    sign_in(client, agent)
    session = client.session
    session["secret_of_the_agent"] = "kept"
    session.save()
    client.get(f"/acces/{link_for(person)}/")
    former = client.session.session_key
    client.post("/acces/")
    assert client.session.session_key != former
    assert "secret_of_the_agent" not in client.session
    assert not type(client.session)().exists(former)


@pytest.mark.parametrize("case", ["expired", "used", "truncated", "unknown", "other_purpose", "none"])
def test_A07_refused_link_is_answered_alike(client, person, case):
    raw = link_for(
        person,
        days=-1 if case == "expired" else 1,
        purpose=TokenPurpose.MEMBER_CODE if case == "other_purpose" else TokenPurpose.MEMBER_SIGN_IN,
    )
    if case == "used":
        AccessToken.objects.update(used_at=timezone.now())
    typed = {"truncated": raw[:20], "unknown": "y" * 43}.get(case, raw)
    if case != "none":
        client.get(f"/acces/{typed}/")
    for response in (client.get("/acces/"), client.post("/acces/")):
        page = response.content.decode()
        assert response.status_code == 410
        assert "Ce lien n'est pas valable" in page or "Ce lien n&#x27;est pas valable" in page
        assert str(person) not in page
        assert ("Recevoir un nouveau lien" in page) == (case in {"expired", "used"})
    assert "_auth_user_id" not in client.session


def test_A03_over_link_gives_a_new_one_to_the_own_address(client, person, prefecture):
    client.get(f"/acces/{link_for(person, days=-1, next_path=f'/{prefecture.slug}/')}/")
    response = client.post("/acces/nouveau/", {"email": "thief@evil.example"})
    assert response.status_code == 200
    (message,) = mails_to(person.email)
    client.get(f"/acces/{token_in(message)}/")
    assert client.post("/acces/").status_code == 302
    assert not mails_to("thief@evil.example")


def test_A06_asking_anew_answers_alike_when_nobody_may_come_in(client, person, monkeypatch):
    client.get(f"/acces/{link_for(person, days=-1)}/")
    sent = client.post("/acces/nouveau/")
    members_are(monkeypatch)
    client.get(f"/acces/{link_for(person, days=-1)}/")
    refused = client.post("/acces/nouveau/")
    client.get("/acces/not-a-token/")
    unknown = client.post("/acces/nouveau/")
    assert len(mails_to(person.email)) == 1
    assert as_shown(sent) == as_shown(refused) == as_shown(unknown)


def test_T11_mandate_over_closes_the_link_and_keeps_it_unspent(client, person, monkeypatch):
    client.get(f"/acces/{link_for(person)}/")
    members_are(monkeypatch)
    assert client.post("/acces/").status_code == 410
    assert "_auth_user_id" not in client.session
    assert AccessToken.objects.get().used_at is None


@pytest.mark.parametrize("kind", [RoleKind.REFERENT, RoleKind.SECRETARY_GENERAL, RoleKind.AUDITOR])
def test_A03_link_never_goes_round_the_password_of_an_agent(client, person, kind):
    person.user = user_with_role(kind)
    person.save()
    client.get(f"/acces/{link_for(person)}/")
    assert client.post("/acces/").status_code == 410
    assert "_auth_user_id" not in client.session


def test_A03_link_never_opens_an_account_whose_role_needs_a_second_factor(client, person, prefecture):
    person.user = user_with_role(RoleKind.AGENT, user=UserFactory(email=None, password=None))
    person.save()
    assert not person.user.has_usable_password()
    client.get(f"/acces/{link_for(person)}/")
    assert client.post("/acces/").status_code == 410


def test_disabled_member_is_refused(client, person):
    person.user = UserFactory(email=None, password=None, is_active=False)
    person.save()
    client.get(f"/acces/{link_for(person)}/")
    assert client.post("/acces/").status_code == 410


def test_A07_link_of_one_person_opens_that_person_only(client, person, prefecture, monkeypatch):
    other = PersonFactory(email=person.email)
    members_are(monkeypatch, person.pk, other.pk)
    client.get(f"/acces/{link_for(other)}/")
    client.post("/acces/", {"person": person.pk, "user": person.pk})
    other.refresh_from_db()
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(other.user_id)
    assert person.user_id is None


def test_link_of_a_person_of_another_prefecture_is_refused(client, person):
    with scope(PrefectureFactory().pk):
        raw = link_for(person)
    client.get(f"/acces/{raw}/")
    assert client.post("/acces/").status_code == 410


def test_B04_post_without_csrf_token_is_refused(person):
    client = Client(enforce_csrf_checks=True)
    client.get(f"/acces/{link_for(person)}/")
    assert client.post("/acces/").status_code == 403
    assert client.post("/acces/nouveau/").status_code == 403
    assert AccessToken.objects.get().used_at is None


def test_B04_other_methods_are_refused(client, db):
    answers = {client.get("/acces/nouveau/").status_code, client.post("/acces/xyz/").status_code}
    assert answers == {405}


@pytest.mark.django_db(transaction=True)
def test_A03_two_first_posts_at_once_sign_in_once(monkeypatch):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        person = PersonFactory()
        raw = link_for(person)
    members_are(monkeypatch, person.pk)
    barrier, answers = threading.Barrier(4), []

    def follow():
        client = Client()
        client.get(f"/acces/{raw}/")
        barrier.wait()
        answers.append(client.post("/acces/").status_code)
        connection.close()

    threads = [threading.Thread(target=follow) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scope(prefecture.pk):
        assert (sorted(answers), User.objects.count()) == ([302, 410, 410, 410], 1)
        assert Person.objects.get().user == User.objects.get()
