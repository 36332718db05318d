"""Rows of the former shape taken through the migrations, back and forth, in a database of their own."""

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

BEFORE, AFTER = "0002_minutes_frozen", "0004_mandates_never_overlap"
MIGRATE = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate([("committees", sys.argv[1])])
"""
FORMER_ROWS = """
INSERT INTO organisations_prefecture (id, slug, name, department_code, city, authority_line, authority_gender, theme,
  is_demonstration, created_at) VALUES (1, 'v', 'V', '9V', '', '', 'masculine', 'neutral', false, now());
SELECT set_config('app.prefecture', '1', false);
INSERT INTO committees_committee (id, prefecture_id, uuid, name, kind, created_at) VALUES
  (1, 1, gen_random_uuid(), 'CLU', 'clu', now()), (2, 1, gen_random_uuid(), 'CLUAC', 'cluac', now());
INSERT INTO organisations_person (id, uuid, prefecture_id, civility, given_name, surname, email, phone)
  SELECT n, gen_random_uuid(), 1, '', '', 'P' || n, '', '' FROM generate_series(1, 4) n;
INSERT INTO committees_seat (id, prefecture_id, uuid, committee_id, wording, position) VALUES
  (101, 1, gen_random_uuid(), 1, 'Deux titulaires', 1), (102, 1, gen_random_uuid(), 1, 'Deux fois la même', 2);
INSERT INTO committees_mandate (prefecture_id, uuid, seat_id, person_id, kind, starts_on, ends_on) VALUES
  (1, gen_random_uuid(), 101, 1, 'full_member', '2025-01-01', '2025-12-31'),
  (1, gen_random_uuid(), 101, 2, 'full_member', '2025-06-01', NULL),
  (1, gen_random_uuid(), 101, 3, 'full_member', '2026-01-01', '2026-06-30'),
  (1, gen_random_uuid(), 102, 4, 'substitute', '2025-01-01', '2025-06-30'),
  (1, gen_random_uuid(), 102, 4, 'full_member', '2025-06-30', '2025-12-31'),
  (1, gen_random_uuid(), 102, 4, 'full_member', '2026-02-01', NULL);
"""


@pytest.fixture
def database(worker_name, django_db_setup):
    name = database_name(f"migrations_{worker_name}")
    create_database(name)
    yield name
    drop_database(name)


def migrate_to(name: str, target: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": database_url(OWNER_URL, name),
        "DJANGO_SETTINGS_MODULE": "clu_portal.settings_test",
    }
    subprocess.run([sys.executable, "-c", MIGRATE, target], check=True, env=environment, cwd=ROOT)


def ask(name: str, *statements: str) -> list[tuple]:
    """Run statements as the owner, in the préfecture of the rows; return the rows of the last one."""
    with closing(owner_connection(name)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.prefecture', '1', false)")
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_former_kinds_become_types_and_no_mandate_overlaps_any_more(database):
    migrate_to(database, BEFORE)
    ask(database, FORMER_ROWS)
    migrate_to(database, AFTER)
    types = "SELECT c.name, t.acronym FROM committees_committee c JOIN committees_committeetype t ON t.id = c.type_id"
    assert ask(database, f"{types} ORDER BY c.id") == [("CLU", "CLU"), ("CLUAC", "CLUAC")]
    assert ask(database, "SELECT acronym FROM committees_committeetype ORDER BY position") == [
        ("CLU",), ("CLAC",), ("CLUAC",), ("",),
    ]  # fmt: skip
    mandates = (
        "SELECT s.wording, s.id < 100, p.surname, m.kind, m.starts_on::text, m.ends_on::text "
        "FROM committees_mandate m JOIN committees_seat s ON s.id = m.seat_id "
        "JOIN organisations_person p ON p.id = m.person_id "
        "ORDER BY s.wording, p.surname, m.starts_on"
    )
    assert ask(database, mandates) == [
        ("Deux fois la même", False, "P4", "full_member", "2025-01-01", "2025-12-31"),
        ("Deux fois la même", False, "P4", "full_member", "2026-02-01", None),
        ("Deux titulaires", False, "P1", "full_member", "2025-01-01", "2025-12-31"),
        ("Deux titulaires", True, "P2", "full_member", "2025-06-01", None),
        ("Deux titulaires", False, "P3", "full_member", "2026-01-01", "2026-06-30"),
    ]
    migrate_to(database, BEFORE)
    assert ask(database, "SELECT name, kind FROM committees_committee ORDER BY id") == [
        ("CLU", "clu"), ("CLUAC", "cluac"),
    ]  # fmt: skip
