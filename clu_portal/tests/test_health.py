"""/healthz: each part is really stopped, and is said to be away."""

import json
from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from clu_portal import health
from clu_portal.celery import app
from clu_portal.mail.models import MailTicket
from clu_portal.models import Heartbeat
from clu_portal.tests.databases import OWNER_URL, database_url
from clu_portal.tests.factories import PrefectureFactory
from clu_portal.tests.processes import environment_of_test, kill_group, scheduler, wait_until, worker

PARTS = ["broker", "database", "outbox_oldest_seconds", "scheduler", "status", "worker"]


@pytest.fixture
def own_broker(broker, monkeypatch):
    """The broker of this test is also that of this process."""
    use_broker(monkeypatch, broker.url)
    return broker


def use_broker(monkeypatch, url: str) -> None:
    monkeypatch.setattr(app.conf, "broker_url", url)
    monkeypatch.setattr(app.conf, "broker_write_url", url)


def answer() -> tuple[int, dict]:
    response = Client().get("/healthz")
    return response.status_code, json.loads(response.content)


def away() -> list[str]:
    _, parts = answer()
    return sorted(name for name, state in parts.items() if state == "away")


@pytest.mark.django_db
def test_healthz_with_fresh_heartbeats_is_ok(own_broker):
    Heartbeat.touch("worker")
    Heartbeat.touch("scheduler")
    status, parts = answer()
    assert (status, sorted(parts)) == (200, PARTS)
    assert parts == dict.fromkeys(["database", "broker", "worker", "scheduler", "status"], "ok") | {
        "outbox_oldest_seconds": 0
    }


@pytest.mark.django_db
def test_healthz_silent_worker_is_away(own_broker):
    Heartbeat.touch("worker")
    Heartbeat.objects.update(beat_at=Now() - timedelta(seconds=61))
    Heartbeat.touch("scheduler")
    status, parts = answer()
    assert (status, parts["status"], parts["worker"]) == (200, "degraded", "away")


@pytest.mark.django_db
def test_healthz_silent_scheduler_is_away_and_nobody_knows_of_the_worker(own_broker):
    _, parts = answer()
    assert (parts["status"], parts["scheduler"], parts["worker"]) == ("degraded", "away", "unknown")


@pytest.mark.django_db
def test_healthz_tells_the_age_of_the_oldest_waiting_message(own_broker):
    old, sent = [MailTicket.objects.create(prefecture=PrefectureFactory(), kind="k") for _ in range(2)]
    MailTicket.objects.filter(pk=sent.pk).update(state="cancelled", created_at=Now() - timedelta(hours=1))
    MailTicket.objects.filter(pk=old.pk).update(created_at=Now() - timedelta(seconds=200))
    assert 200 <= answer()[1]["outbox_oldest_seconds"] <= 230


@pytest.mark.django_db
def test_healthz_broker_stopped_is_away_at_once(own_broker):
    Heartbeat.touch("scheduler")
    assert away() == ["worker"]
    own_broker.stop()
    status, parts = answer()
    assert (status, parts["status"], parts["broker"], parts["worker"]) == (200, "degraded", "away", "unknown")


def refuse_connections(name: str, *, refused: bool) -> None:
    """Close the test database to everybody, or open it again, as its owner."""
    with closing(psycopg2.connect(settings_of_owner())) as owner:
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS {"false" if refused else "true"}')


def settings_of_owner() -> str:
    return database_url(OWNER_URL, "postgres")


@pytest.mark.django_db(transaction=True)
def test_healthz_database_away_is_503(own_broker):
    connection.close()
    name = settings.DATABASES["default"]["NAME"]
    refuse_connections(name, refused=True)
    try:
        status, parts = answer()
    finally:
        refuse_connections(name, refused=False)
        connection.close()
    assert (status, parts) == (
        503,
        {
            "status": "degraded",
            "database": "away",
            "broker": "ok",
            "worker": "unknown",
            "scheduler": "unknown",
            "outbox_oldest_seconds": None,
        },
    )
    assert answer()[0] == 200


@pytest.mark.django_db
def test_L04_healthz_says_nothing_of_versions(own_broker):
    body = Client().get("/healthz").content.decode()
    for telltale in ("version", "celery", "django", "postgres", "redis", "valkey", "python"):
        assert telltale not in body.lower()


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_healthz_says_which_process_was_stopped(own_broker, monkeypatch, tmp_path):
    """A real worker and a real scheduler: fresh within 25 s here instead of 60, which changes only the wait."""
    monkeypatch.setattr(health, "FRESH_SECONDS", 25)
    environment = environment_of_test(REDIS_URL=own_broker.url)
    with scheduler(environment, tmp_path / "beat.log") as beat_process:
        with worker(environment, tmp_path / "worker.log"):
            wait_until(lambda: answer()[1]["status"] == "ok", seconds=60)
        wait_until(lambda: away() == ["worker"], seconds=60)
        with worker(environment, tmp_path / "worker.log"):
            wait_until(lambda: answer()[1]["status"] == "ok", seconds=60)
            kill_group(beat_process)
            wait_until(lambda: away() == ["scheduler"], seconds=60)
