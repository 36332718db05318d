import json
from collections.abc import Callable

import pytest

from clu_portal.isolation import tenant_models
from clu_portal.organisations.models import Prefecture
from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.meeting_files.acts import import_once
from committees.meeting_files.exporting import meeting_file, written
from committees.meeting_files.tests.furnishing import furnished_meeting

MADE: dict[str, str] = {}


@pytest.fixture
def file(prefecture) -> dict:
    """The file of a meeting in which nothing is empty. The same for every test: a file outlives its rows."""
    if "furnished" not in MADE:
        MADE["furnished"] = written(meeting_file(furnished_meeting()))
    return json.loads(MADE["furnished"])


@pytest.fixture
def receiver(db) -> Prefecture:
    """An empty préfecture."""
    return PrefectureFactory()


@pytest.fixture
def bring_in(receiver) -> Callable[[dict], bool]:
    """A function that imports a file into the empty préfecture, as the command does."""

    def bring(file: dict) -> bool:
        with scope(receiver.pk, receiver):
            return import_once(written(file), by=None)

    return bring


def rows_of(prefecture: Prefecture) -> dict[str, int]:
    with scope(prefecture.pk, prefecture):
        counted = {model.__name__: model._default_manager.count() for model in tenant_models()}
    return {name: count for name, count in counted.items() if count}
