"""The tests run under the runtime role, on a copy of one migrated template that the owner makes (style.md §9)."""

import os
from contextlib import suppress

import psycopg2.errors
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from clu_portal.tests.databases import create_database, database_name, drop_database, empty_tables

pytest_plugins = [
    "clu_portal.tests.acts_only",
    "clu_portal.tests.browser",
    "clu_portal.tests.running_portal",
    "clu_portal.tests.servers",
]


def pytest_configure(config):
    if os.environ.get("CLU_TEST_LONG"):
        config.option.markexpr = config.option.markexpr.replace("not long", "")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_name):
    name = database_name(worker_name)
    create_database(name)
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
    TransactionTestCase._fixture_teardown = lambda self: empty_tables(name)
    yield
    connections["default"].close()
    with suppress(psycopg2.errors.InsufficientPrivilege):  # held by what a test left: dropped next time
        drop_database(name)


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", f"main{os.getpid()}")


@pytest.fixture(scope="session", autouse=True)
def seal_certificate(tmp_path_factory):
    """A certificate of the tests' own, made once for all their processes, named by the settings as in production."""
    from clu_portal.lib.seal import make_demonstration_authority

    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    authority = make_demonstration_authority(shared / "seal-certificate")
    settings.SEAL_PKCS12_FILE = str(authority.pkcs12)
    settings.SEAL_PKCS12_PASSWORD_FILE = str(authority.password)
    settings.SEAL_TRUST_ROOTS = [str(authority.root)]
    return authority


@pytest.fixture
def empty_database(worker_name, django_db_setup):
    """The name of a database of its own, not migrated."""
    name = database_name(f"empty_{worker_name}")
    create_database(name)
    yield name
    drop_database(name)


@pytest.fixture
def prefecture(db):
    """An invented préfecture, whose scope is open during the whole test."""
    from clu_portal.tenancy import scope
    from clu_portal.tests.factories import PrefectureFactory

    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        yield prefecture


@pytest.fixture
def count_queries():
    """A function that runs another and returns how many queries it cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(function) -> int:
        with CaptureQueriesContext(connection) as queries:
            function()
        return len(queries)

    return count
