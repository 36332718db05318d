from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from clu_portal.mail import outbox
from clu_portal.mail.models import MailTicket, OutgoingMessage
from clu_portal.mail.tests.factories import enqueue, states, ticket_of
from clu_portal.tenancy import NoScope, scope
from clu_portal.tests.factories import PrefectureFactory


def test_enqueue_writes_a_message_that_waits(prefecture):
    message = enqueue(kind="convocation")
    assert (message.recipient, message.subject) == ("m1@example.org", "Réunion du comité")
    assert (ticket_of(message).state, ticket_of(message).prefecture_id) == ("pending", prefecture.pk)


@pytest.mark.django_db
def test_enqueue_outside_a_prefecture_is_refused():
    with pytest.raises(NoScope):
        enqueue()


def test_M02_enqueue_with_the_same_key_returns_the_first_message(prefecture):
    first, second = enqueue(subject="Première"), enqueue(subject="Seconde")
    assert (first.pk, second.subject) == (second.pk, "Première")
    assert (OutgoingMessage.objects.count(), MailTicket.objects.count()) == (1, 1)


def test_message_id_follows_the_key_and_the_prefecture(prefecture):
    here = outbox.message_id("convocation:meeting:12:v1:a@b.fr")
    assert here == outbox.message_id("convocation:meeting:12:v1:a@b.fr")
    assert here != outbox.message_id("convocation:meeting:12:v2:a@b.fr")
    with scope(PrefectureFactory().pk):
        assert here != outbox.message_id("convocation:meeting:12:v1:a@b.fr")


def test_enqueue_with_files_keeps_them_in_order(prefecture):
    from clu_portal.files.models import StoredFile

    files = [
        StoredFile.objects.create(name=f"{name}.pdf", content_type="application/pdf", size=1, sha256=name)
        for name in ("b", "a")
    ]
    message = enqueue(files=files)
    assert [a.file.name for a in message.attachments.order_by("pk")] == ["b.pdf", "a.pdf"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("runs", [1, 2, 10])
def test_M02_planning_run_so_many_times_at_once_gives_the_same_rows(runs):
    prefecture = PrefectureFactory()

    def plan(_):
        try:
            with scope(prefecture.pk):
                return [enqueue(number).pk for number in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(runs) as pool:
        planned = list(pool.map(plan, range(runs)))
    with scope(prefecture.pk):
        rows = list(OutgoingMessage.objects.order_by("recipient").values_list("recipient", "pk"))
    assert [recipient for recipient, _ in rows] == [f"m{number}@example.org" for number in range(5)]
    assert {tuple(sorted(keys)) for keys in planned} == {tuple(sorted(pk for _, pk in rows))}
    assert MailTicket.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_M01_act_that_fails_leaves_no_message():
    prefecture = PrefectureFactory()
    with pytest.raises(ValueError), scope(prefecture.pk):
        enqueue()
        raise ValueError
    with scope(prefecture.pk):
        assert OutgoingMessage.objects.count() == 0
    assert MailTicket.objects.count() == 0


def test_M04_cancel_takes_what_waits_under_the_prefix_and_nothing_else(prefecture):
    for number, key in enumerate(
        ["c:meeting:12:v1:a", "c:meeting:12:v1:b", "c:meeting:120:v1:a", "r:meeting:12:v1:a"]
    ):
        enqueue(number, dedup_key=key)
    MailTicket.objects.filter(pk=MailTicket.objects.earliest("pk").pk).update(state="dead")
    assert outbox.cancel("c:meeting:12:") == 2
    assert states() == ["cancelled", "cancelled", "pending", "pending"]


def test_M04_cancel_needs_a_whole_prefix(prefecture):
    with pytest.raises(ValueError):
        outbox.cancel("c:meeting:12")


def test_cancel_leaves_the_other_prefectures_alone(prefecture):
    with scope(PrefectureFactory().pk):
        enqueue(dedup_key="c:meeting:12:v1:a")
    assert outbox.cancel("c:meeting:12:") == 0
    assert states() == ["pending"]


@pytest.mark.django_db(transaction=True)
def test_drain_is_queued_once_after_the_commit(monkeypatch):
    prefecture, queued = PrefectureFactory(), []
    monkeypatch.setattr(outbox.drain_outbox, "delay", lambda *a: queued.append(connection.in_atomic_block))
    with scope(prefecture.pk):
        enqueue(1)
        enqueue(2)
        assert queued == []
    assert queued == [False]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_queued_when_nothing_is_committed(monkeypatch):
    prefecture, queued = PrefectureFactory(), []
    monkeypatch.setattr(outbox.drain_outbox, "delay", lambda *a: queued.append(1))
    with scope(prefecture.pk):
        enqueue()
        transaction.set_rollback(True)
    assert queued == []
