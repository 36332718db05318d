"""Rows without a uuid taken through the migration that gives them one, in a database of their own."""

import os
import subprocess
import sys
from contextlib import closing

import pytest

from clu_portal.tests.databases import (
    OWNER_URL,
    ROOT,
    create_database,
    database_name,
    database_url,
    drop_database,
    owner_connection,
)

MIGRATE = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate([("organisations", sys.argv[1])])
"""
FORMER_ROWS = """
INSERT INTO organisations_prefecture (id, slug, name, department_code, city, authority_line, authority_gender, theme,
  is_demonstration, created_at) VALUES (1, 'v', 'V', '9V', '', '', 'masculine', 'neutral', false, now());
INSERT INTO organisations_organisation (prefecture_id, name, acronym, family)
  SELECT 1, 'O' || n, '', 'other' FROM generate_series(1, 3) n;
"""


@pytest.fixture
def database(worker_name, django_db_setup):
    name = database_name(f"uuids_{worker_name}")
    create_database(name)
    yield name
    drop_database(name)


def migrate_to(name: str, target: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": database_url(OWNER_URL, name),
        "DJANGO_SETTINGS_MODULE": "clu_portal.settings_test",
    }
    subprocess.run([sys.executable, "-c", MIGRATE, target], check=True, env=environment, cwd=ROOT)


def ask(name: str, statement: str) -> list[tuple]:
    """Run a statement as the owner, in the préfecture of the rows."""
    with closing(owner_connection(name)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.prefecture', '1', false)")
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_each_row_takes_a_uuid_of_its_own(database):
    migrate_to(database, "0001_initial")
    ask(database, FORMER_ROWS)
    migrate_to(database, "0002_rows_have_a_uuid")
    assert ask(database, "SELECT count(*), count(DISTINCT uuid) FROM organisations_organisation") == [(3, 3)]
    migrate_to(database, "0001_initial")
    assert ask(database, "SELECT name FROM organisations_organisation ORDER BY name") == [("O1",), ("O2",), ("O3",)]
