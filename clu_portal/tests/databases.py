"""The databases of the tests: copies of one migrated template, made and emptied by the owner (style.md §9)."""

import hashlib
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connections

ROOT = Path(__file__).resolve().parents[2]
OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
CLEANING_SECONDS = 60
TREE = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]


def database_name(suffix: str) -> str:
    """The name of a database of this checkout alone."""
    return f"clu_test_{TREE}_{suffix}"


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
    name = database_name("template")
    cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
    if (row := cursor.fetchone()) is None or row[0] != schema_version():
        drop(cursor, name)
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
        drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        cursor.execute("SELECT pg_advisory_unlock_all()")


def drop_database(name: str) -> None:
    with closing(owner_connection("postgres")) as connection, connection.cursor() as cursor:
        drop(cursor, name)


def drop(cursor, name: str) -> None:
    """Drop a database in use. The server's own cleaning may be in it, which the owner cannot end: wait for it."""
    give_up_at = time.monotonic() + CLEANING_SECONDS
    while True:
        try:
            return cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except psycopg2.errors.InsufficientPrivilege:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.2)


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
