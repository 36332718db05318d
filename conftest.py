"""The tests run under the runtime role, on a copy of one migrated template that the owner makes (style.md §9)."""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

pytest_plugins = ["clu_portal.tests.browser", "clu_portal.tests.servers"]

ROOT = Path(__file__).resolve().parent
OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
TREE = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def pytest_configure(config):
    if os.environ.get("CLU_TEST_LONG"):
        config.option.markexpr = config.option.markexpr.replace("not long", "")


def database_url(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def owner_connection(name: str):
    connection = psycopg2.connect(database_url(OWNER_URL, name))
    connection.autocommit = True
    return connection


def schema_version() -> str:
    """A hash of everything that shapes the database."""
    sources = sorted([*ROOT.glob("**/migrations/*.py"), ROOT / "clu_portal/isolation.py", ROOT / "requirements.txt"])
    sources = [source for source in sources if ".venv" not in source.parts]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def ensure_template(cursor) -> str:
    """Return the name of a migrated database to copy, made by the first process that needs it."""
    name = f"clu_test_{TREE}_template"
    cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
    if (row := cursor.fetchone()) is None or row[0] != schema_version():
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
        migrate(name)
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{schema_version()}'")
    return name


def migrate(name: str) -> None:
    environment = os.environ | {
        "DATABASE_OWNER_URL": database_url(OWNER_URL, name),
        "DJANGO_SETTINGS_MODULE": "clu_portal.settings_test",
    }
    command = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def create_database(name: str) -> None:
    """Make a fresh copy of the template. The lock is held while copying: a template in use cannot be copied."""
    with closing(owner_connection("postgres")) as connection, connection.cursor() as cursor:
        template = ensure_template(cursor)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        cursor.execute("SELECT pg_advisory_unlock_all()")


def drop_database(name: str) -> None:
    with closing(owner_connection("postgres")) as connection, connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_name):
    name = f"clu_test_{TREE}_{worker_name}"
    create_database(name)
    settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name
    TransactionTestCase._fixture_teardown = lambda self: empty_tables(name)
    yield
    connections["default"].close()
    drop_database(name)


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", f"main{os.getpid()}")


def empty_tables(name: str) -> None:
    """Empty everything, as the owner: the runtime role may not truncate, and the journal refuses even the owner."""
    connections["default"].close()
    with closing(owner_connection(name)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
        )
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        guarded = [row[0] for row in cursor.fetchall()]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE {}".format(", ".join(f'"{table}"' for table in tables)))
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


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
