"""A rendering is claimed by one worker, counted before the work, taken over, stopped when it is poison."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.functions import Now

from clu_portal import offers
from clu_portal.files import rendering as renderings
from clu_portal.files.models import Rendering, RenderingTicket, StoredFile
from clu_portal.files.rendering import Renderer, request_rendering, run_rendering, sweep_renderings
from clu_portal.files.storage import store_bytes
from clu_portal.lib.pdf import RenderingRefused, RenderingTimeout
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory, SiteFactory

KIND = "test_document"


class Document(Renderer):
    """A renderer whose work is what the test says."""

    def __init__(self, work=lambda report: b"content"):
        self.work = work
        self.calls = 0

    def prepare(self, rendering):
        return rendering.pk

    def produce(self, prepared, report):
        self.calls += 1
        return self.work(report)

    def store(self, rendering, product) -> StoredFile:
        return store_bytes(name="document.pdf", content=product, content_type="application/pdf")


@contextmanager
def offered(document: Document):
    offers.renderers.register(KIND, document)
    try:
        yield document
    finally:
        del offers.renderers.items[KIND]


def raising(error: Exception):
    def work(report):
        raise error

    return work


def asked() -> Rendering:
    return request_rendering(kind=KIND, subject=SiteFactory(), input_hash="a" * 64, by=None)


def again(rendering: Rendering) -> Rendering:
    return Rendering.objects.select_related("ticket", "file").get(pk=rendering.pk)


def test_run_rendering_stores_the_file_and_ends_the_ticket(prefecture):
    with offered(Document()):
        rendering = asked()
        assert run_rendering(rendering.ticket_id)
    done = again(rendering)
    assert (done.ticket.state, done.progress_pct, done.file.content) == ("done", 100, b"content")


def test_request_rendering_twice_is_one_rendering(prefecture):
    site = SiteFactory()
    first, second = (request_rendering(kind=KIND, subject=site, input_hash="a" * 64, by=None) for _ in "12")
    assert first == second
    assert RenderingTicket.objects.count() == 1


def test_run_rendering_says_where_it_stands(prefecture):
    seen = []

    def work(report):
        report("Mise en pages", 20)
        seen.append(Rendering.objects.values_list("step", "progress_pct").get())
        return b"x"

    with offered(Document(work)):
        run_rendering(asked().ticket_id)
    assert seen == [("Mise en pages", 20)]


@pytest.mark.parametrize(
    ("error", "said"),
    [(RenderingRefused("adresse refusée"), "adresse refusée"), (ValidationError("Texte changé."), "Texte changé.")],
)
def test_run_rendering_refused_stops_at_once_and_says_why(prefecture, error, said):
    with offered(Document(raising(error))) as document:
        rendering = asked()
        run_rendering(rendering.ticket_id)
        assert not run_rendering(rendering.ticket_id)
    assert (again(rendering).ticket.state, again(rendering).error, document.calls) == ("dead", said, 1)


def due_now(rendering: Rendering) -> None:
    RenderingTicket.objects.filter(pk=rendering.ticket_id).update(next_at=Now() - timedelta(seconds=1))


def test_run_rendering_failing_is_tried_three_times_then_stops(prefecture):
    with offered(Document(raising(RenderingTimeout("trop long")))) as document:
        rendering = asked()
        for _ in range(5):
            due_now(rendering)
            run_rendering(rendering.ticket_id)
    assert (again(rendering).ticket.state, again(rendering).error, document.calls) == ("dead", "trop long", 3)


def test_M07_rendering_that_kills_its_workers_stops_and_says_so(prefecture):
    rendering = asked()
    RenderingTicket.objects.filter(pk=rendering.ticket_id).update(
        state="claimed", attempts=3, lease_until=Now() - timedelta(seconds=1)
    )
    sweep_renderings()
    assert (again(rendering).ticket.state, again(rendering).error) == ("dead", renderings.INTERRUPTED)


def test_run_rendering_is_taken_over_once_the_lease_of_the_dead_is_over(prefecture):
    with offered(Document()):
        rendering = asked()
        ticket = RenderingTicket.objects.filter(pk=rendering.ticket_id)
        ticket.update(state="claimed", attempts=1, lease_until=Now() + timedelta(minutes=1))
        assert not run_rendering(rendering.ticket_id)
        ticket.update(lease_until=Now() - timedelta(seconds=1))
        assert run_rendering(rendering.ticket_id)
    assert again(rendering).is_done


def test_run_rendering_taken_over_meanwhile_throws_its_own_work_away(prefecture):
    def lose_the_lease(report):
        RenderingTicket.objects.update(lease_token=None, state="pending")
        return b"late"

    with offered(Document(lose_the_lease)):
        rendering = asked()
        run_rendering(rendering.ticket_id)
    assert not again(rendering).is_done
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_R05_two_workers_at_once_make_one_document():
    prefecture = PrefectureFactory()
    barrier = Barrier(2)
    with offered(Document()) as document:
        with scope(prefecture.pk):
            rendering = asked()

        def worker():
            barrier.wait()
            run_rendering(rendering.ticket_id)
            connection.close()

        workers = [Thread(target=worker) for _ in "12"]
        for thread in workers:
            thread.start()
        for thread in workers:
            thread.join()
    with scope(Prefecture.objects.get().pk):
        assert (document.calls, StoredFile.objects.count(), again(rendering).ticket.state) == (1, 1, "done")
