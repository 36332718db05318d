"""Instances in folders of their own: short, and open to the account PostgreSQL runs as when the tests are root."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from launcher.instance import Instance
from launcher.supervisor import Supervisor


def pytest_collection_modifyitems(items):
    # From Python 3.12 on, a fork beside xdist's threads warns; the launcher itself has one thread.
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"))


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="clu-launcher-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def temporary_instance() -> Iterator[Instance]:
    with temporary_folder() as folder:
        instance = Instance(folder / "var")
        instance.open()
        outside = instance.places_outside()
        try:
            yield instance
        finally:
            for place in outside:
                shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def instance():
    with temporary_instance() as instance:
        yield instance


@pytest.fixture
def supervisor(instance):
    supervisor = Supervisor(instance)
    yield supervisor
    supervisor.stop()
