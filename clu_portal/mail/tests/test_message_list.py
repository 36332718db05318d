"""« Courriels envoyés » and « Envois »: who sees them, when, and what they show."""

import pytest
from django.urls import reverse

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.models import AuditEntry
from clu_portal.mail import permissions, views
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.tests.factories import enqueue, states, ticket_of
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory, user_with_role


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True


@pytest.fixture
def referent(client, prefecture):
    user = user_with_role(RoleKind.REFERENT)
    client.force_login(user)
    return user


def address(name: str, prefecture, *arguments) -> str:
    return reverse(f"mail:{name}", args=[prefecture.slug, *arguments])


def test_message_list_shows_the_texts_of_the_demonstration(client, prefecture, referent, demonstration):
    message = enqueue(text="Votre lien : http://127.0.0.1:8000/acces/abc/\n")
    page = client.get(address("message_list", prefecture))
    assert message.subject in page.content.decode()
    detail = client.get(address("message_detail", prefecture, message.uuid)).content.decode()
    assert '<a href="http://127.0.0.1:8000/acces/abc/"' in detail


def test_message_list_does_not_exist_outside_a_demonstration(client, prefecture, referent):
    message = enqueue()
    assert client.get(address("message_list", prefecture)).status_code == 404
    assert client.get(address("message_detail", prefecture, message.uuid)).status_code == 404


def test_T02_message_of_another_prefecture_is_404(client, prefecture, referent, demonstration):
    with scope(PrefectureFactory().pk):
        foreign = enqueue()
    assert client.get(address("message_detail", prefecture, foreign.uuid)).status_code == 404
    assert client.post(address("delivery_replay", prefecture, foreign.uuid)).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in RoleKind if kind not in permissions.WATCHERS])
@pytest.mark.parametrize("name", ["message_list", "delivery_list"])
def test_messages_are_refused_to_the_other_roles(client, prefecture, demonstration, name, kind):
    client.force_login(user_with_role(kind))
    assert client.get(address(name, prefecture)).status_code == 403


@pytest.mark.parametrize("name", ["message_list", "delivery_list"])
def test_messages_ask_for_a_sign_in(client, prefecture, demonstration, name):
    assert client.get(address(name, prefecture)).status_code == 302


def test_I01_message_is_shown_as_text(client, prefecture, referent, demonstration):
    message = enqueue(subject="<img src=x onerror=1>", text="<script>alert(1)</script>")
    for page in (address("message_list", prefecture), address("message_detail", prefecture, message.uuid)):
        shown = client.get(page).content.decode()
        assert "&lt;img src=x" in shown
        assert "<img src=x" not in shown
        assert "<script>alert" not in shown


@pytest.mark.parametrize("name", ["message_list", "delivery_list"])
def test_messages_go_page_by_page(client, prefecture, referent, demonstration, monkeypatch, name):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    messages = [enqueue(number) for number in range(5)]
    first = client.get(address(name, prefecture))
    second = client.get(address(name, prefecture), {"avant": first.context["next_mark"]})
    third = client.get(address(name, prefecture), {"avant": second.context["next_mark"]})
    shown = [[m.pk for m in page.context["outgoing"]] for page in (first, second, third)]
    keys = [m.pk for m in reversed(messages)]
    assert (shown, third.context["next_mark"]) == ([keys[:2], keys[2:4], keys[4:]], "")


@pytest.mark.parametrize("mark", ["x", "-1", "٣", "9" * 30, "\0"])
def test_messages_page_mark_that_is_none_shows_the_first_page(client, prefecture, referent, demonstration, mark):
    message = enqueue()
    page = client.get(address("message_list", prefecture), {"avant": mark})
    assert [m.pk for m in page.context["outgoing"]] == [message.pk]


@pytest.mark.parametrize("name", ["message_list", "delivery_list"])
def test_messages_cost_the_same_for_one_and_for_three(
    client, prefecture, referent, demonstration, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enqueue(1)
    client.get(address(name, prefecture))
    with CaptureQueriesContext(connection) as one:
        client.get(address(name, prefecture))
    enqueue(2)
    enqueue(3)
    with django_assert_num_queries(len(one)):
        client.get(address(name, prefecture))


def test_delivery_list_shows_states_and_no_text(client, prefecture, referent):
    message = enqueue(text="Texte confidentiel")
    MailTicket.objects.update(state="dead", doubt_count=1)
    shown = client.get(address("delivery_list", prefecture)).content.decode()
    assert message.subject in shown
    assert "en échec" in shown
    assert "douteux" in shown
    assert "Relancer" in shown
    assert "confidentiel" not in shown


def test_A07_dead_message_whose_link_was_forgotten_has_no_button(client, prefecture, referent):
    enqueue(text=f"Ouvrez https://portail.example/acces/{'k' * 43}/")
    MailTicket.objects.update(state="dead")
    assert "Relancer<span" in client.get(address("delivery_list", prefecture)).content.decode()
    OutgoingMessage.objects.forget_links()
    shown = client.get(address("delivery_list", prefecture)).content.decode()
    assert ("Relancer<span" in shown, "Lien personnel effacé" in shown) == (False, True)


def test_M07_dead_message_is_replayed_by_a_named_person(client, prefecture, referent):
    message = enqueue()
    MailTicket.objects.update(state="dead", attempts=8)
    client.post(address("delivery_replay", prefecture, message.uuid))
    assert (states(), ticket_of(message).attempts) == (["pending"], 0)
    entry = AuditEntry.objects.get(verb="mail_replayed")
    assert (entry.user, entry.subject) == (referent, f"outgoingmessage:{message.pk}")


def test_delivery_replay_of_what_is_not_dead_changes_nothing(client, prefecture, referent):
    message = enqueue()
    MailTicket.objects.update(state="cancelled")
    page = client.post(address("delivery_replay", prefecture, message.uuid), follow=True)
    assert "pas en échec" in page.content.decode()
    assert (states(), AuditEntry.objects.filter(verb="mail_replayed").count()) == (["cancelled"], 0)


def test_delivery_replay_is_refused_to_an_agent(client, prefecture):
    client.force_login(user_with_role(RoleKind.AGENT))
    message = enqueue()
    MailTicket.objects.update(state="dead")
    assert client.post(address("delivery_replay", prefecture, message.uuid)).status_code == 403
    assert states() == ["dead"]


def test_delivery_replay_by_get_is_refused(client, prefecture, referent):
    assert client.get(address("delivery_replay", prefecture, enqueue().uuid)).status_code == 405
