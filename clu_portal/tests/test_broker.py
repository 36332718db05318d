"""The broker: JSON only, emptied at any time, away at any time (M10, M11)."""

import ast
import pickle
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from clu_portal.celery import app
from clu_portal.hints import Hint
from clu_portal.mail.models import OutgoingMessage
from clu_portal.mail.tasks import drain_outbox
from clu_portal.mail.tests.factories import enqueue_in, states
from clu_portal.models import Heartbeat
from clu_portal.tenancy import scope
from clu_portal.tests.processes import environment_of_test, manage, scheduler, wait_until, worker

ROOT = Path(settings.BASE_DIR)
MAX_DELAY_SECONDS = 60


def test_M10_only_json_is_accepted():
    assert (app.conf.task_serializer, list(app.conf.accept_content)) == ("json", ["json"])


def delays(source: Path) -> list[ast.keyword]:
    calls = [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)]
    return [keyword for call in calls for keyword in call.keywords if keyword.arg in ("eta", "countdown")]


def is_short(keyword: ast.keyword) -> bool:
    if keyword.arg == "eta" or not isinstance(keyword.value, ast.Constant):
        return False
    return keyword.value.value <= MAX_DELAY_SECONDS


def test_M10_no_task_is_put_off_by_more_than_a_minute():
    folders = ("clu_portal", "committees", "complaints", "indicators")
    sources = [s for folder in folders for s in ROOT.glob(f"{folder}/**/*.py") if "tests" not in s.parts]
    assert len(sources) > 50
    faults = [f"{s}:{k.value.lineno}" for s in sources for k in delays(s) if not is_short(k)]
    assert faults == []


def test_M10_the_rule_finds_what_it_looks_for(tmp_path):
    source = tmp_path / "tasks.py"
    source.write_text("t.apply_async(eta=x)\nt.apply_async(countdown=61)\nt.apply_async(countdown=60)\n")
    assert [is_short(keyword) for keyword in delays(source)] == [False, False, True]


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_M10_pickled_message_is_refused_and_the_next_one_is_done(broker, tmp_path):
    marker = tmp_path / "unpickled"
    with app.connection_for_write(broker.url) as connection:
        producer = connection.Producer()
        headers = {"task": "clu_portal.tasks.tick", "id": "1", "lang": "py"}
        producer.publish(
            pickle.dumps(((Trap(marker),), {}, {})),
            content_type="application/x-python-serialize",
            content_encoding="binary",
            routing_key="celery",
            headers=headers,
        )
        app.send_task("clu_portal.tasks.tick", connection=connection)
    with worker(environment_of_test(REDIS_URL=broker.url), tmp_path / "log"):
        wait_until(Heartbeat.objects.exists, seconds=60)
    assert "Refusing to deserialize" in (tmp_path / "log").read_text()
    assert not marker.exists()


@pytest.mark.django_db(transaction=True)
def test_M11_act_done_while_the_broker_is_away_is_kept(office, tmp_path):
    code = (
        "from clu_portal.mail.tests.factories import enqueue_in\n"
        "from clu_portal.organisations.models import Prefecture\n"
        "enqueue_in(Prefecture.objects.get())\n"
    )
    environment = environment_of_test(REDIS_URL="redis+socket:///nowhere/at/all.sock")
    with manage("shell", "-c", code, environment=environment, log=tmp_path / "log") as process:
        assert process.wait(30) == 0
    assert "was not queued, the broker is away" in (tmp_path / "log").read_text()
    with scope(office.pk):
        assert OutgoingMessage.objects.count() == 1


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_M11_broker_stopped_then_empty_pages_work_and_work_resumes_within_a_minute(
    office, relay, broker, monkeypatch, tmp_path
):
    monkeypatch.setattr(app.conf, "broker_url", broker.url)
    environment = environment_of_test(REDIS_URL=broker.url, EMAIL_URL=relay.url)
    with (
        scheduler(environment, tmp_path / "beat.log"),
        worker(environment, tmp_path / "worker.log"),
    ):
        enqueue_in(office, 1)
        wait_until(lambda: states() == ["sent"], seconds=60)
        broker.stop()
        enqueue_in(office, 2)
        assert Client().get("/").status_code == 200
        assert Client().get("/healthz").json()["broker"] == "away"
        broker.start()
        wait_until(lambda: states() == ["sent", "sent"], seconds=60)
        broker.client().flushall()
        enqueue_in(office, 3)
        broker.client().flushall()
        wait_until(lambda: states() == ["sent"] * 3, seconds=60)
    assert relay.recipients == [f"m{number}@example.org" for number in (1, 2, 3)]


def test_hint_equals_another_of_the_same_task_and_arguments():
    assert Hint(drain_outbox, (1,)) == Hint(drain_outbox, (1,)) != Hint(drain_outbox, (2,))
