"""For each Celery task of the portal: what to prepare, and with which arguments it runs (M09).

A task without a scenario fails test_M09. Each function prepares its rows, committed, and returns a list of arguments.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from clu_portal import offers
from clu_portal.files.models import Rendering, StoredFile
from clu_portal.files.rendering import Renderer, request_rendering
from clu_portal.files.storage import store_bytes
from clu_portal.mail.tests.factories import enqueue_in
from clu_portal.tenancy import scope
from clu_portal.tests.factories import OrganisationFactory, PrefectureFactory
from committees.minutes.preview import ask_preview
from committees.tests.factories import SeatFactory, drafted_minutes, referent


def waiting_mail() -> list[tuple]:
    prefecture = PrefectureFactory()
    for number in range(4):
        enqueue_in(prefecture, number)
    return [()]


def ended_session() -> list[tuple]:
    Session.objects.create(session_key="ended", session_data="", expire_date=timezone.now() - timedelta(days=1))
    return [()]


def each_sweep() -> list[tuple]:
    waiting_mail()
    waiting_rendering()
    return [(name,) for name, _ in offers.sweepers]


class Paper(Renderer):
    """The least a renderer does."""

    def prepare(self, rendering: Rendering) -> str:
        return rendering.subject

    def produce(self, prepared: str, report) -> bytes:
        report("mise en page", 50)
        return prepared.encode()

    def store(self, rendering: Rendering, product: bytes) -> StoredFile:
        return store_bytes(name="papier.txt", content=product, content_type="text/plain")


PAPER = "tests.paper"


def waiting_rendering() -> list[tuple]:
    offers.renderers.items[PAPER] = offers.Offered(Paper())
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        rendering = request_rendering(kind=PAPER, subject=prefecture, input_hash="1", by=None)
    return [(prefecture.pk, rendering.ticket_id)]


def seat_to_warn_of() -> int:
    """Return the préfecture it is in."""
    with scope(PrefectureFactory().pk):
        referent()
        return SeatFactory().prefecture_id


def row_over_in_the_trash() -> int:
    with scope(PrefectureFactory().pk):
        return OrganisationFactory(trashed_at=timezone.now() - timedelta(days=40)).prefecture_id


def in_each_prefecture(prepare: Callable[[], int]) -> Callable[[], list[tuple]]:
    """Of a task that queues one for each préfecture: there is something to do in one of them."""

    def scenario() -> list[tuple]:
        prepare()
        return [()]

    return scenario


def in_one_prefecture(prepare: Callable[[], int]) -> Callable[[], list[tuple]]:
    return lambda: [(prepare(),)]


def preview_asked() -> list[tuple]:
    with scope(PrefectureFactory().pk):
        preview = ask_preview(drafted_minutes())
    return [(preview.prefecture_id, preview.minutes_id)]


SCENARIOS = {
    "clu_portal.files.tasks.render": waiting_rendering,
    "clu_portal.mail.tasks.drain_outbox": waiting_mail,
    "clu_portal.tasks.forget_ended_sessions": ended_session,
    "clu_portal.tasks.purge_trash": in_each_prefecture(row_over_in_the_trash),
    "clu_portal.tasks.purge_trash_of": in_one_prefecture(row_over_in_the_trash),
    "clu_portal.tasks.sweep": each_sweep,
    "clu_portal.tasks.tick": waiting_mail,
    "committees.tasks.draw_preview": preview_asked,
    "committees.tasks.send_composition_warnings": in_each_prefecture(seat_to_warn_of),
    "committees.tasks.send_warnings_of": in_one_prefecture(seat_to_warn_of),
}
