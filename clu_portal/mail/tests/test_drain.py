"""The drain against a real SMTP server, in one process: answers, cuts, poison, fence."""

import logging
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from clu_portal.mail import outbox
from clu_portal.mail.drain import Outcome, drain, fence
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.resolvers import Answer
from clu_portal.mail.tests.factories import age_doubts, end_leases, enqueue_in, make_due, states, ticket_of
from clu_portal.mail.tests.relay import cut
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from clu_portal.tickets import MAX_ATTEMPTS, claim

pytestmark = pytest.mark.django_db(transaction=True)


def found(message_id, dot_at) -> Answer:
    return Answer.FOUND


def absent(message_id, dot_at) -> Answer:
    return Answer.ABSENT


def test_drain_sends_what_is_due_and_keeps_the_reply(office, relay):
    message = enqueue_in(office)
    assert drain() == {Outcome.SENT: 1}
    with scope(office.pk):
        sent = OutgoingMessage.objects.select_related("ticket").get(pk=message.pk)
    assert (sent.ticket.state, sent.relay_reply) == ("sent", "250 queued as 7F3A")
    assert sent.ticket.sent_at >= sent.ticket.dot_at
    ((recipients, mail),) = relay.accepted
    assert (recipients, mail["Message-ID"], mail["Subject"]) == (
        ["m1@example.org"],
        message.message_id,
        message.subject,
    )
    assert mail.get_content() == message.text


def test_drain_serves_every_prefecture(office, relay):
    enqueue_in(office, 1)
    enqueue_in(PrefectureFactory(), 2)
    drain()
    assert sorted(relay.recipients) == ["m1@example.org", "m2@example.org"]


def test_M08_each_recipient_has_a_message_of_his_own(office, relay):
    for number in range(3):
        enqueue_in(office, number)
    drain()
    assert [len(recipients) for recipients, _ in relay.accepted] == [1, 1, 1]
    for recipients, mail in relay.accepted:
        others = {f"m{number}@example.org" for number in range(3)} - set(recipients)
        assert (mail["To"], mail["Cc"], mail["Bcc"]) == (recipients[0], None, None)
        assert not any(other in mail.as_string() for other in others)


def test_text_with_dots_at_the_beginning_of_lines_arrives_whole(office, relay):
    message = enqueue_in(office, text=".\n..\n.fin\nligne\n")
    drain()
    assert relay.accepted[0][1].get_content() == message.text


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
def test_M05_451_is_tried_again_later_and_arrives_once(office, relay, step):
    message = enqueue_in(office)
    relay.on(step, lambda: "451 not now")
    assert drain() == {Outcome.POSTPONED: 1}
    assert (ticket_of(message).state, ticket_of(message).attempts, relay.accepted) == ("pending", 1, [])
    make_due()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id])


@pytest.mark.parametrize("step", ["rcpt", "data", "dot"])
def test_M05_550_is_given_up_at_once_with_its_reason_and_an_alert(office, relay, caplog, step):
    message = enqueue_in(office)
    relay.on(step, lambda: "550 no such mailbox")
    assert drain() == {Outcome.DEAD: 1}
    with scope(office.pk):
        assert OutgoingMessage.objects.get(pk=message.pk).last_error == "550 no such mailbox"
    assert (states(), relay.accepted) == (["dead"], [])
    assert [r.levelno for r in caplog.records if r.name == "clu_portal.tickets"] == [logging.ERROR]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "body"])
def test_M05_cut_before_the_dot_is_not_a_double(office, relay, step):
    message = enqueue_in(office)
    relay.on(step, cut)
    drain()
    age_doubts()
    make_due()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id])


def test_M05_cut_before_the_final_250_is_marked_doubtful_then_sent_with_the_same_id(office, relay):
    message = enqueue_in(office)
    relay.on("accepted", cut)
    assert drain() == {Outcome.DOUBTFUL: 1}
    assert drain() == {}
    doubts_seen = []
    relay.on("rcpt", lambda: doubts_seen.append(ticket_of_now(message)))
    age_doubts()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id] * 2)
    assert doubts_seen == [1]


def ticket_of_now(message) -> int:
    """The doubts written when the relay is talked to, read through a connection of its own."""
    from django.db import connection

    try:
        return ticket_of(message).doubt_count
    finally:
        connection.close()


@pytest.mark.parametrize(("resolver", "arrivals"), [("found", 1), ("absent", 2)])
def test_M05_with_a_resolver_what_it_says_is_done(office, relay, settings, resolver, arrivals):
    settings.MAIL_RESOLVER = f"{__name__}.{resolver}"
    message = enqueue_in(office)
    relay.on("accepted", cut)
    drain()
    age_doubts()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id] * arrivals)
    assert ticket_of(message).doubt_count == 0


def test_M05_reminder_in_doubt_waits_for_somebody(office, relay):
    message = enqueue_in(office, kind="reminder_j15")
    relay.on("accepted", cut)
    drain()
    age_doubts()
    drain()
    assert (states(), ticket_of(message).doubt_count, len(relay.accepted)) == (["dead"], 1, 1)


def test_doubt_younger_than_ten_minutes_is_left_alone(office, relay):
    message = enqueue_in(office)
    relay.on("accepted", cut)
    drain()
    MailTicket.objects.update(dot_at=Now() - timedelta(minutes=9))
    drain()
    assert (states(), ticket_of(message).doubt_count) == (["committing"], 0)


def test_relay_away_costs_no_attempt_and_stops_the_run(office, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = enqueue_in(office, 1), enqueue_in(office, 2)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    assert [(ticket_of(m).state, ticket_of(m).attempts) for m in (first, second)] == [("pending", 0)] * 2
    assert drain() == {}


def test_relay_that_hangs_does_not_hold_the_drain(office, relay, settings):
    import threading

    settings.EMAIL_TIMEOUT = 1
    woken = threading.Event()
    relay.on("helo", lambda: woken.wait(20) and None)
    enqueue_in(office)
    assert drain() == {Outcome.RELAY_AWAY: 1}
    woken.set()


def test_M06_fence_refuses_a_claim_that_is_over(office):
    enqueue_in(office)
    mine = claim(MailTicket)
    end_leases()
    assert fence(mine) is False
    taken_over = claim(MailTicket)
    assert (fence(mine), fence(taken_over)) == (False, True)


def test_M06_claim_lost_before_the_dot_sends_nothing(office, relay):
    enqueue_in(office)
    relay.on("data", lambda: lose_the_claim())
    assert drain() == {Outcome.LOST: 1, Outcome.SENT: 1}
    assert len(relay.accepted) == 1


def lose_the_claim() -> None:
    from django.db import connection

    end_leases()
    connection.close()


def test_M04_cancelled_while_being_sent_does_not_leave(office, relay):
    enqueue_in(office)
    relay.on("data", lambda: cancel_all(office))
    assert drain() == {Outcome.LOST: 1}
    assert (states(), relay.accepted) == (["cancelled"], [])


def cancel_all(office) -> None:
    from django.db import connection

    with scope(office.pk):
        outbox.cancel("convocation:meeting:12:")
    connection.close()


def test_M04_doubtful_message_cancelled_is_not_sent_again(office, relay):
    enqueue_in(office)
    relay.on("dot", cut)
    drain()
    with scope(office.pk):
        outbox.cancel("convocation:meeting:12:")
    age_doubts()
    drain()
    assert (states(), relay.accepted) == (["expired"], [])


def test_M03_message_past_its_hour_is_never_sent(office, relay):
    enqueue_in(office, 1)
    MailTicket.objects.update(expires_at=Now() - timedelta(seconds=1))
    enqueue_in(office, 2)
    drain()
    assert (states(), relay.recipients) == (["expired", "sent"], ["m2@example.org"])


def test_M07_message_that_cannot_be_built_is_dead_at_once_and_delays_nobody(office, relay, caplog):
    poison = enqueue_in(office, 1, recipient="pas une adresse")
    enqueue_in(office, 2)
    assert drain() == {Outcome.DEAD: 1, Outcome.SENT: 1}
    assert (ticket_of(poison).state, relay.recipients) == ("dead", ["m2@example.org"])
    assert any(r.levelno == logging.ERROR and r.name == "clu_portal.tickets" for r in caplog.records)


def test_M07_message_whose_holder_dies_each_time_is_dead_after_the_bound(office, relay):
    poison = enqueue_in(office, 1)
    for _ in range(MAX_ATTEMPTS):
        assert claim(MailTicket, poison.ticket_id)
        end_leases()
    enqueue_in(office, 2)
    drain()
    assert (ticket_of(poison).state, relay.recipients) == ("dead", ["m2@example.org"])


def test_M07_after_the_last_451_the_message_is_dead(office, relay):
    relay.always("rcpt", lambda: "451 not now")
    enqueue_in(office)
    for _ in range(MAX_ATTEMPTS):
        assert states() == ["pending"]
        make_due()
        drain()
    assert states() == ["dead"]


def test_M02_two_drains_at_once_send_each_message_once(office, relay):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def drain_and_close() -> None:
        drain()
        connection.close()

    for number in range(12):
        enqueue_in(office, number)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: drain_and_close(), range(4)))
    assert sorted(relay.recipients) == sorted(f"m{number}@example.org" for number in range(12))


# --- A07: a personal link stays in the text for as long as the message may leave

LINK = "https://portail.example/acces/" + "k" * 43 + "/"


def enqueue_link(office) -> OutgoingMessage:
    return enqueue_in(office, text=f"Ouvrez {LINK} puis lisez", html=f'<a href="{LINK}">{LINK}</a>')


def kept(message: OutgoingMessage) -> OutgoingMessage:
    with scope(message.prefecture_id):
        return OutgoingMessage.objects.get(pk=message.pk)


def test_A07_personal_links_are_forgotten_once_the_message_has_left(office, relay):
    message = enqueue_link(office)
    drain()
    ((_, mail),) = relay.accepted
    assert LINK in mail.get_body(("plain",)).get_content()
    assert kept(message).text == "Ouvrez https://portail.example/acces/…/ puis lisez"
    assert "k" * 43 not in kept(message).html


def give_up(office, relay) -> None:
    relay.on("rcpt", lambda: "550 no such mailbox")


def never_accept(office, relay) -> None:
    relay.on("rcpt", lambda: "451 not now")
    MailTicket.objects.update(attempts=MAX_ATTEMPTS - 1)


def let_the_hour_pass(office, relay) -> None:
    MailTicket.objects.update(expires_at=Now() - timedelta(seconds=1))


def kill_its_holders(office, relay) -> None:
    MailTicket.objects.update(attempts=MAX_ATTEMPTS)


def cannot_be_built(office, relay) -> None:
    with scope(office.pk):
        OutgoingMessage.objects.update(recipient="pas une adresse")


def leave_in_doubt(office, relay) -> None:
    with scope(office.pk):
        OutgoingMessage.objects.update(kind="reminder_j15")
    MailTicket.objects.update(state="committing", dot_at=Now())
    age_doubts()


def cancel(office, relay) -> None:
    with scope(office.pk):
        outbox.cancel("convocation:meeting:12:")


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (give_up, "dead"),
        (never_accept, "dead"),
        (kill_its_holders, "dead"),
        (cannot_be_built, "dead"),
        (leave_in_doubt, "dead"),
        (let_the_hour_pass, "expired"),
        (cancel, "cancelled"),
    ],
)
def test_A07_personal_links_are_forgotten_in_every_final_state(office, relay, happens, state):
    message = enqueue_link(office)
    happens(office, relay)
    drain()
    assert (states(), "k" * 43 in kept(message).text + kept(message).html) == ([state], False)
    assert kept(message).has_lost_a_link


def test_A07_personal_links_stay_while_the_message_may_leave(office, relay):
    message = enqueue_link(office)
    relay.on("rcpt", lambda: "451 not now")
    drain()
    assert (states(), LINK in kept(message).text) == (["pending"], True)
