"""Every task run twice, or several times at once, changes nothing more (M09)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection

from clu_portal.celery import app
from clu_portal.models import Heartbeat
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import TenantModel, scope
from clu_portal.tests.task_scenarios import SCENARIOS

app.loader.import_default_modules()
TASKS = sorted(name for name in app.tasks if not name.startswith("celery."))


def contents() -> dict[str, list[dict]]:
    """Every row of every table, in the scope of each préfecture, heartbeats apart."""
    found = {}
    for prefecture in Prefecture.objects.order_by("pk"):
        with scope(prefecture.pk):
            for model in apps.get_models():
                if model is not Heartbeat and issubclass(model, TenantModel):
                    found[f"{prefecture.pk} {model._meta.label}"] = list(model.objects.order_by("pk").values())
    for model in apps.get_models():
        if model is not Heartbeat and not issubclass(model, TenantModel):
            found[model._meta.label] = list(model._default_manager.order_by("pk").values())
    return found


def run(task, arguments) -> None:
    task.apply(args=arguments, throw=True)


def run_and_close(task, arguments) -> None:
    try:
        run(task, arguments)
    finally:
        connection.close()


@pytest.fixture
def unqueued(monkeypatch):
    """What a task queues is run on the spot: its effects count as the task's own."""
    monkeypatch.setattr(app.conf, "task_always_eager", True)


def test_M09_every_task_has_a_scenario():
    assert sorted(SCENARIOS) == TASKS
    assert len(TASKS) >= 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TASKS)
def test_M09_task_run_twice_changes_nothing_more(name, relay, unqueued):
    task = app.tasks[name]
    for arguments in SCENARIOS[name]():
        before = contents()
        run(task, arguments)
        after = contents()
        run(task, arguments)
        assert contents() == after != before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TASKS)
def test_M09_task_run_four_times_at_once_does_it_once(name, relay, unqueued):
    task = app.tasks[name]
    for arguments in SCENARIOS[name]():
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: run_and_close(task, arguments), range(4)))  # noqa: B023 - done within the turn
        done = contents()
        run(task, arguments)
        assert contents() == done
    assert sorted(relay.message_ids) == sorted(set(relay.message_ids))
