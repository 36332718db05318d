import threading

import pytest
from django.db import connection

from clu_portal.accounts import limits
from clu_portal.accounts.limits import Limit


@pytest.mark.parametrize(
    ("address", "same", "other"),
    [("192.0.2.7", "192.0.2.250", "192.0.3.7"), ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", "2001:db8:0:2::1")],
)
def test_A05_network_is_a_24_or_a_64(rf, address, same, other):
    first, second, third = (limits.network(rf.get("/", REMOTE_ADDR=one)) for one in (address, same, other))
    assert first == second != third


def test_allows_so_many_and_no_more(db):
    assert [limits.allows("t", Limit(2, 60), "a") for _ in range(3)] == [True, True, False]
    assert limits.allows("t", Limit(2, 60), "b")
    assert limits.allows("other", Limit(2, 60), "a")


def test_page_429_names_the_longest_wait_there_is(rf):
    page = limits.too_many(rf.get("/")).content.decode()
    longest = max(limit.seconds for limit in vars(limits).values() if isinstance(limit, Limit))
    assert (longest, "une heure au plus" in page) == (3600, True)


def test_forget_begins_anew(db):
    assert [limits.allows("t", Limit(1, 60), "a") for _ in range(2)] == [True, False]
    limits.forget("t", "a")
    assert limits.allows("t", Limit(1, 60), "a")


@pytest.mark.django_db(transaction=True)
def test_A05_attempts_at_once_are_all_counted():
    barrier, answers = threading.Barrier(8), []

    def attempt():
        barrier.wait()
        answers.append(limits.allows("t", Limit(3, 60), "a"))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(True) == 3
