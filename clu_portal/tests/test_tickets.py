from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from clu_portal.mail.models import MailTicket
from clu_portal.tests.factories import PrefectureFactory
from clu_portal.tickets import (
    LAST_RETRY_SECONDS,
    MAX_ATTEMPTS,
    backoff_seconds,
    bury,
    bury_exhausted,
    claim,
    give_back,
    held,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    return MailTicket.objects.create(prefecture=PrefectureFactory(), kind="convocation")


def end_lease(ticket) -> None:
    MailTicket.objects.filter(pk=ticket.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_claim_counts_the_attempt_before_the_work(ticket):
    mine = claim(MailTicket)
    ticket.refresh_from_db()
    assert (mine.ticket_id, mine.prefecture_id, mine.attempts) == (ticket.pk, ticket.prefecture_id, 1)
    assert (ticket.state, ticket.attempts, ticket.lease_token) == ("claimed", 1, mine.token)


def test_claim_of_nothing_due_is_none(ticket):
    MailTicket.objects.update(next_at=Now() + timedelta(seconds=30))
    assert claim(MailTicket) is None
    assert claim(MailTicket, ticket.pk) is None


def test_claim_takes_only_the_ticket_asked_for(ticket):
    other = MailTicket.objects.create(prefecture=ticket.prefecture, kind="convocation")
    assert claim(MailTicket, other.pk).ticket_id == other.pk
    assert claim(MailTicket, other.pk) is None


def test_claim_takes_over_after_the_lease_and_the_first_holder_writes_nothing_more(ticket):
    first = claim(MailTicket)
    assert claim(MailTicket) is None
    end_lease(ticket)
    second = claim(MailTicket)
    assert second.attempts == 2
    assert (held(MailTicket, first).count(), held(MailTicket, second).count()) == (0, 1)
    assert give_back(MailTicket, first, seconds=0) is False
    assert bury(MailTicket, first) is False


def test_M07_claim_takes_tickets_nobody_began_before_those_whose_holder_died(ticket):
    assert claim(MailTicket).ticket_id == ticket.pk
    end_lease(ticket)
    fresh = MailTicket.objects.create(prefecture=ticket.prefecture, kind="convocation")
    assert [claim(MailTicket).ticket_id, claim(MailTicket).ticket_id] == [fresh.pk, ticket.pk]


def test_give_back_makes_due_again_after_the_wait(ticket):
    assert give_back(MailTicket, claim(MailTicket), seconds=60) is True
    assert claim(MailTicket) is None
    MailTicket.objects.update(next_at=Now())
    assert claim(MailTicket).attempts == 2


def test_give_back_uncounted_costs_no_attempt(ticket):
    give_back(MailTicket, claim(MailTicket), seconds=0, counted=False)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.attempts) == ("pending", 0)


def test_M07_give_back_after_the_last_attempt_buries(ticket):
    MailTicket.objects.update(attempts=MAX_ATTEMPTS - 1)
    assert give_back(MailTicket, claim(MailTicket), seconds=0) is True
    ticket.refresh_from_db()
    assert ticket.state == "dead"


def test_M07_ticket_out_of_attempts_is_not_claimed_and_is_buried_when_its_lease_is_over(ticket):
    MailTicket.objects.update(attempts=MAX_ATTEMPTS - 1)
    claim(MailTicket)
    assert bury_exhausted(MailTicket) == []
    end_lease(ticket)
    assert claim(MailTicket) is None
    assert bury_exhausted(MailTicket) == [ticket.pk]
    assert bury_exhausted(MailTicket) == []


def test_backoff_doubles_up_to_an_hour_with_at_most_a_quarter_by_chance():
    for attempts, base in [(1, 10), (2, 20), (3, 40), (8, 1280), (12, LAST_RETRY_SECONDS)]:
        waits = {backoff_seconds(attempts) for _ in range(50)}
        assert min(waits) >= base
        assert max(waits) <= base * 5 / 4


@pytest.mark.django_db(transaction=True)
def test_claim_by_ten_at_once_gives_each_ticket_to_one():
    prefecture = PrefectureFactory()
    tickets = [MailTicket.objects.create(prefecture=prefecture, kind="convocation") for _ in range(6)]

    def claim_and_close(_):
        try:
            return claim(MailTicket)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        claims = [mine for mine in pool.map(claim_and_close, range(10)) if mine]
    assert sorted(mine.ticket_id for mine in claims) == [ticket.pk for ticket in tickets]
    assert len({mine.token for mine in claims}) == len(tickets)
