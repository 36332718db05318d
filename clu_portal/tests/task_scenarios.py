"""For each Celery task of the portal: what to prepare, and with which arguments it runs (M09).

A task without a scenario fails test_M09. Each function prepares its rows, committed, and returns a list of arguments.
"""

from clu_portal import offers
from clu_portal.mail.tests.factories import enqueue_in
from clu_portal.tests.factories import PrefectureFactory


def waiting_mail() -> list[tuple]:
    prefecture = PrefectureFactory()
    for number in range(4):
        enqueue_in(prefecture, number)
    return [()]


def each_sweep() -> list[tuple]:
    waiting_mail()
    return [(name,) for name, _ in offers.sweepers]


SCENARIOS = {
    "clu_portal.mail.tasks.drain_outbox": waiting_mail,
    "clu_portal.tasks.sweep": each_sweep,
    "clu_portal.tasks.tick": waiting_mail,
}
