"""Members ask for a link, or type a code: A03, A05, A06."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from clu_portal.accounts.enums import RoleKind
from clu_portal.accounts.models import AccessToken
from clu_portal.accounts.tests.helpers import as_shown, code_in, mails_to, members_are, token_in
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PersonFactory, PrefectureFactory, user_with_role


@pytest.fixture
def person(prefecture, monkeypatch):
    person = PersonFactory()
    members_are(monkeypatch, person.pk)
    return person


def ask(client, prefecture, email: str, **extra):
    return client.post(f"/{prefecture.slug}/connexion/", {"email": email}, **extra)


def type_code(client, prefecture, email: str, code: str, **extra):
    return client.post(f"/{prefecture.slug}/connexion/code/", {"email": email, "code": code}, **extra)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_page_is_public(client, prefecture):
    response = client.get(f"/{prefecture.slug}/connexion/")
    assert response.status_code == 200
    assert "n'ont pas de mot de passe" in response.content.decode()


def test_member_receives_a_link_and_a_code(client, person, prefecture):
    ask(client, prefecture, person.email.upper())
    (message,) = mails_to(person.email)
    assert message.text.startswith(f"À l'attention de {person}")
    assert prefecture.name in message.subject
    assert token_in(message)
    assert code_in(message)


def test_B06_link_of_the_mail_ignores_the_host_of_the_request(client, person, prefecture, settings):
    ask(client, prefecture, person.email, HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_HOST="evil.example")
    (message,) = mails_to(person.email)
    assert f"{settings.BASE_URL}/acces/" in message.text
    assert "evil.example" not in message.text


def test_two_persons_of_one_address_receive_a_mail_each(client, person, prefecture, monkeypatch):
    other = PersonFactory(email=person.email.capitalize(), surname="Marchetti")
    members_are(monkeypatch, person.pk, other.pk)
    ask(client, prefecture, person.email)
    assert {message.text.splitlines()[0] for message in OutgoingMessage.objects.all()} == {
        f"À l'attention de {person}",
        f"À l'attention de {other}",
    }


def test_A06_unknown_address_is_answered_like_a_known_one(client, person, prefecture, monkeypatch):
    known = ask(client, prefecture, person.email)
    without_mandate = ask(client, prefecture, PersonFactory().email)
    unknown = ask(client, prefecture, "nobody@example.org")
    shown = [
        as_shown(response).replace(response.wsgi_request.POST["email"], "")
        for response in (known, without_mandate, unknown)
    ]
    assert shown[0] == shown[1] == shown[2]
    assert {response.status_code for response in (known, without_mandate, unknown)} == {200}
    assert OutgoingMessage.objects.count() == MailTicket.objects.count() == 1
    assert AccessToken.objects.count() == 2


def test_A06_unknown_address_costs_the_same_queries(client, person, prefecture, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(f"/{prefecture.slug}/connexion/")
    counts = []
    for email in (person.email, "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(client, prefecture, email)
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert abs(counts[0] - counts[1]) <= 1


def test_person_of_another_prefecture_is_unknown_here(client, person, prefecture, monkeypatch):
    with scope(PrefectureFactory().pk):
        stranger = PersonFactory()
    members_are(monkeypatch, person.pk, stranger.pk)
    ask(client, prefecture, stranger.email)
    assert not OutgoingMessage.objects.exists()


def test_A03_member_with_a_password_is_sent_to_the_password(client, person, prefecture):
    person.user = user_with_role(RoleKind.AGENT)
    person.save()
    ask(client, prefecture, person.email)
    (message,) = mails_to(person.email)
    assert "/compte/connexion/" in message.text
    assert "/acces/" not in message.text
    assert not AccessToken.objects.exists()


def test_code_of_the_mail_signs_in(client, person, prefecture):
    ask(client, prefecture, person.email)
    response = type_code(client, prefecture, person.email, code_in(mails_to(person.email)[0]).lower())
    assert response["Location"] == f"/{prefecture.slug}/"
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.user_id)
    assert AccessToken.objects.filter(used_at=None).count() == 0


def test_code_of_one_person_opens_that_person_though_the_address_is_shared(client, person, prefecture, monkeypatch):
    other = PersonFactory(email=person.email, surname="Marchetti")
    members_are(monkeypatch, person.pk, other.pk)
    ask(client, prefecture, person.email)
    message = next(message for message in mails_to(person.email) if "Marchetti" in message.text)
    type_code(client, prefecture, person.email, code_in(message))
    other.refresh_from_db()
    assert client.session["_auth_user_id"] == str(other.user_id)


@pytest.mark.parametrize("case", ["wrong", "expired", "used", "other_address", "mandate_over"])
def test_A06_code_refused_is_answered_alike(client, person, prefecture, monkeypatch, case):
    ask(client, prefecture, person.email)
    code, email = code_in(mails_to(person.email)[0]), person.email
    if case == "wrong":
        code = "AAAA-AAAA"
    if case == "used":
        AccessToken.objects.update(used_at=timezone.now())
    if case == "other_address":
        email = PersonFactory().email
    if case == "mandate_over":
        members_are(monkeypatch)
    with time_machine.travel(timezone.now() + timedelta(minutes=16 if case == "expired" else 14), tick=False):
        response = type_code(client, prefecture, email, code)
    assert response.status_code == 200
    assert "Ce code et cette adresse ne vont pas ensemble" in response.content.decode()
    assert not signed_in(client)


def test_code_of_another_prefecture_is_refused(client, person, prefecture, monkeypatch):
    elsewhere = PrefectureFactory()
    with scope(elsewhere.pk):
        twin = PersonFactory(pk=person.pk + 1000, email=person.email)
        members_are(monkeypatch, person.pk, twin.pk)
        ask(client, elsewhere, person.email)
        code = code_in(mails_to(person.email)[0])
    type_code(client, prefecture, person.email, code)
    assert not signed_in(client)


def test_A05_codes_are_limited_per_account_whatever_the_network(client, person, prefecture):
    statuses = [
        type_code(client, prefecture, person.email, "AAAA-AAAA", REMOTE_ADDR=f"10.{n}.0.1").status_code
        for n in range(7)
    ]
    assert statuses == [200] * 6 + [429]


def test_A05_codes_are_limited_per_network_whatever_the_account(client, prefecture):
    statuses = [
        type_code(client, prefecture, f"m{n}@example.org", "AAAA-AAAA", REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code
        for n in range(31)
    ]
    assert statuses == [200] * 30 + [429]


def test_A05_changing_x_forwarded_for_does_not_help(client, prefecture):
    statuses = {
        ask(client, prefecture, f"m{n}@example.org", HTTP_X_FORWARDED_FOR=f"10.{n}.0.1").status_code for n in range(21)
    }
    assert statuses == {200, 429}


def test_A05_links_are_limited_per_account_without_saying_so(client, person, prefecture):
    answers = [ask(client, prefecture, person.email) for _ in range(5)]
    assert len(mails_to(person.email)) == 3
    assert {response.status_code for response in answers} == {200}


def test_A05_limit_ends_and_a_link_works_meanwhile(client, person, prefecture):
    ask(client, prefecture, person.email)
    for _ in range(7):
        type_code(client, prefecture, person.email, "AAAA-AAAA")
    client.get(f"/acces/{token_in(mails_to(person.email)[0])}/")
    assert client.post("/acces/").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert type_code(client, prefecture, person.email, "AAAA-AAAA").status_code == 200


def test_too_many_is_said_in_words(client, prefecture):
    for n in range(20):
        ask(client, prefecture, f"m{n}@example.org")
    response = ask(client, prefecture, "m@example.org")
    assert response.status_code == 429
    assert "Trop d'essais" in response.content.decode()
