"""kill -9 and pauses of a real sender process at each step: nothing lost, doubles only where announced (M05, M06)."""

import os
import signal
import threading
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from clu_portal.mail.drain import drain
from clu_portal.mail.models import MailTicket
from clu_portal.mail.tests.factories import age_doubts, end_leases, enqueue_in, make_due, states, ticket_of
from clu_portal.tenancy import scope
from clu_portal.tests.processes import environment_of_test, kill_group, manage, wait_until
from clu_portal.tickets import MAX_ATTEMPTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

NOT_SENT = ["connect", "helo", "mail", "rcpt", "data", "body"]


@pytest.fixture
def sender(relay):
    """Start `manage.py drain_outbox` on the test database, against the test's relay; REDIS_URL leads nowhere."""

    def start(log: Path | None = None):
        environment = environment_of_test(EMAIL_URL=relay.url, REDIS_URL="redis+socket:///nowhere/at/all.sock")
        return manage("drain_outbox", environment=environment, log=log)

    return start


class Reached:
    """An action of the relay: says that a step is reached, and holds the conversation there."""

    def __init__(self):
        self.reached, self.goes_on = threading.Event(), threading.Event()

    def action(self):
        def hold():
            self.reached.set()
            self.goes_on.wait(30)

        return hold

    def action_for(self, whom: str):
        def hold_one(recipient: str):
            if recipient == whom:
                self.action()()

        return hold_one

    def wait(self) -> None:
        assert self.reached.wait(30)


def as_if_time_had_passed() -> None:
    end_leases()
    age_doubts()
    make_due()


def kill_at(step: str, relay, sender) -> None:
    """Run a sender up to a step of the conversation, and kill it there."""
    held = Reached()
    relay.on(step, held.action())
    with sender() as process:
        held.wait()
        kill_group(process)
        held.goes_on.set()


@pytest.mark.parametrize("step", NOT_SENT)
def test_M05_killed_before_the_dot_is_sent_by_the_next_one(office, relay, sender, step):
    message = enqueue_in(office, text="ligne\n" * 2_000_000 if step == "body" else "Bonjour.\n")
    kill_at(step, relay, sender)
    assert relay.accepted == []
    as_if_time_had_passed()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id])


@pytest.mark.parametrize("step", ["accepted", "dot"])
def test_M05_killed_after_the_dot_is_doubtful_before_it_is_sent_again(office, relay, sender, step):
    message = enqueue_in(office)
    kill_at(step, relay, sender)
    assert states() == ["committing"]
    wait_until(lambda: len(relay.accepted) == 1, seconds=5)
    drain()
    assert len(relay.accepted) == 1
    as_if_time_had_passed()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id] * 2)
    assert ticket_of(message).doubt_count == 1


def test_M05_killed_between_the_250_and_its_record_is_doubtful_before_it_is_sent_again(office, relay, sender):
    message = enqueue_in(office)
    with psycopg2.connect(**connection.get_connection_params()) as other:
        relay.on("accepted", lambda: lock_ticket(other, message.ticket_id))
        with sender() as process:
            wait_until(lambda: waits_for_a_lock(), seconds=20)
            kill_group(process)
        other.rollback()
    assert (states(), len(relay.accepted)) == (["committing"], 1)
    as_if_time_had_passed()
    drain()
    assert (states(), relay.message_ids) == (["sent"], [message.message_id] * 2)
    assert ticket_of(message).doubt_count == 1


def lock_ticket(other, ticket_id: int) -> None:
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM mail_mailticket WHERE id = %s FOR UPDATE", [ticket_id])


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize("step", ["accepted", "replied"])
def test_M05_with_a_resolver_a_killed_sender_makes_no_double(office, relay, sender, settings, step):
    settings.MAIL_RESOLVER = f"{__name__}.ask_the_relay"
    ask_the_relay.relay = relay
    message = enqueue_in(office)
    kill_at(step, relay, sender)
    as_if_time_had_passed()
    drain()
    assert (states(), relay.message_ids, ticket_of(message).doubt_count) == (["sent"], [message.message_id], 0)


def ask_the_relay(message_id, dot_at):
    from clu_portal.mail.resolvers import Answer

    return Answer.FOUND if message_id in ask_the_relay.relay.message_ids else Answer.ABSENT


def test_M05_campaign_of_kills_over_many_messages_loses_none(office, relay, sender):
    messages = [enqueue_in(office, number) for number in range(6)]
    for step in ("rcpt", "data", "accepted", "replied"):
        kill_at(step, relay, sender)
        as_if_time_had_passed()
    drain()
    assert set(states()) == {"sent"}
    assert set(relay.message_ids) == {message.message_id for message in messages}
    doubles = {m.message_id for m in messages if relay.message_ids.count(m.message_id) > 1}
    doubtful = {m.message_id for m in messages if ticket_of(m).doubt_count}
    assert doubles <= doubtful


def test_M06_paused_beyond_its_lease_then_resumed_sends_nothing(office, relay, sender):
    message = enqueue_in(office)
    paused = Reached()
    relay.on("data", paused.action())
    with sender() as process:
        paused.wait()
        os.kill(process.pid, signal.SIGSTOP)
        paused.goes_on.set()
        end_leases()
        drain()
        assert relay.message_ids == [message.message_id]
        os.kill(process.pid, signal.SIGCONT)
        assert process.wait(30) == 0
    assert (states(), relay.message_ids) == (["sent"], [message.message_id])
    assert ticket_of(message).doubt_count == 0


def test_M12_without_broker_nor_scheduler_the_command_empties_the_outbox(office, relay, sender, tmp_path):
    for number in range(3):
        enqueue_in(office, number)
    with sender(tmp_path / "log") as process:
        assert process.wait(60) == 0
    assert (states(), len(relay.accepted)) == (["sent"] * 3, 3)
    assert "3 envoyés" in (tmp_path / "log").read_text()


def test_M07_message_that_kills_its_sender_each_time_ends_dead_and_delays_nobody(office, relay, sender):
    poison = enqueue_in(office, 1)
    MailTicket.objects.filter(pk=poison.ticket_id).update(attempts=MAX_ATTEMPTS - 2)
    for number in (1, 2):
        held = Reached()
        relay.actions["rcpt"] = [held.action_for("m1@example.org")] * 2
        with sender() as process:
            held.wait()
            kill_group(process)
            held.goes_on.set()
        end_leases()
        enqueue_in(office, number + 1)
    relay.actions.clear()
    drain()
    assert (ticket_of(poison).state, relay.recipients) == ("dead", ["m2@example.org", "m3@example.org"])


CRASH = """
import os, signal
from clu_portal.audit.acts import act
from clu_portal.mail.tests.factories import enqueue
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope

@act("meeting_convened")
def convene(*, by):
    enqueue()
    return Prefecture.objects.get()

with scope(Prefecture.objects.get().pk):
    convene(by=None)
    if "{moment}" == "before":
        os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("moment", "rows"), [("before", (0, 0, 0)), ("after", (1, 1, 1))])
def test_M01_crash_around_the_commit_leaves_the_act_and_its_message_or_neither(office, sender, moment, rows):
    from clu_portal.audit.models import AuditEntry
    from clu_portal.mail.models import OutgoingMessage

    environment = environment_of_test(REDIS_URL="redis+socket:///nowhere/at/all.sock")
    with manage("shell", "-c", CRASH.replace("{moment}", moment), environment=environment) as process:
        assert process.wait(60) == -signal.SIGKILL
    with scope(office.pk):
        found = (OutgoingMessage.objects.count(), MailTicket.objects.count(), AuditEntry.objects.count())
    assert found == rows
