"""Migrations taken back and forth over rows of a former shape, in a database of their own.

The fixture `empty_database` (conftest.py) makes the database; its name is the first argument of both functions.
"""

import os
import subprocess
import sys
from contextlib import closing

from clu_portal.tests.databases import OWNER_URL, ROOT, database_url, owner_connection

MIGRATE = """
import sys, django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
MigrationExecutor(connection).migrate([(sys.argv[1], sys.argv[2])])
"""
FORMER_PREFECTURE = """
INSERT INTO organisations_prefecture (id, slug, name, department_code, city, authority_line, authority_gender, theme,
  is_demonstration, created_at) VALUES (1, 'v', 'V', '9V', '', '', 'masculine', 'neutral', false, now());
SELECT set_config('app.prefecture', '1', false);
"""


def migrate_to(name: str, app: str, target: str) -> None:
    environment = os.environ | {
        "DATABASE_URL": database_url(OWNER_URL, name),
        "DJANGO_SETTINGS_MODULE": "clu_portal.settings_test",
    }
    subprocess.run([sys.executable, "-c", MIGRATE, app, target], check=True, env=environment, cwd=ROOT)


def ask(name: str, *statements: str) -> list[tuple]:
    """Run statements as the owner, in the préfecture of the rows; return the rows of the last one."""
    with closing(owner_connection(name)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.prefecture', '1', false)")
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
