"""Every task run twice, or several times at once, changes nothing more (M09)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

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
    with run_on_the_spot():
        task.apply(args=arguments, throw=True)


def run_and_close(task, arguments) -> None:
    try:
        task.apply(args=arguments, throw=True)
    finally:
        connection.close()


@contextmanager
def run_on_the_spot():
    """What a task queues is run at once: its effects count as the task's own."""
    app.conf.task_always_eager = True
    try:
        yield
    finally:
        app.conf.task_always_eager = False


def test_M09_every_task_has_a_scenario():
    assert sorted(SCENARIOS) == TASKS
    assert len(TASKS) >= 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TASKS)
def test_M09_task_run_twice_changes_nothing_more(name, relay):
    task, changes = app.tasks[name], 0
    for arguments in SCENARIOS[name]():
        before = contents()
        run(task, arguments)
        after = contents()
        changes += after != before
        run(task, arguments)
        assert contents() == after
    assert changes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", TASKS)
def test_M09_task_run_four_times_at_once_does_it_once(name, relay):
    task = app.tasks[name]
    for arguments in SCENARIOS[name]():
        with run_on_the_spot(), ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: run_and_close(task, arguments), range(4)))  # noqa: B023 - done within the turn
        done = contents()
        run(task, arguments)
        assert contents() == done
    assert len(relay.message_ids) == len(set(relay.message_ids))
