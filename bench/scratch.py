"""A scratch database for a measure: created and migrated by the owner, dropped at the end.

Needs DATABASE_URL and DATABASE_OWNER_URL, as `bin/launcher/start.sh servers COMMAND` gives them.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def owner_says(statement: str, database: str = "postgres") -> None:
    with closing(psycopg2.connect(with_name(os.environ["DATABASE_OWNER_URL"], database))) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def analyse() -> None:
    """Count the rows for PostgreSQL's planner, as its own housekeeper does within minutes on any base that lives."""
    owner_says("ANALYZE", urlsplit(os.environ["DATABASE_URL"]).path[1:])


@contextmanager
def scratch_database(**environment: str) -> Iterator[None]:
    """Make the database, then Django on it with this `environment`; Django must not be set up before."""
    name = f"clu_bench_{os.getpid()}"
    owner_says(f'CREATE DATABASE "{name}"')
    try:
        with tempfile.TemporaryDirectory() as var:
            os.environ |= {"DJANGO_SETTINGS_MODULE": "clu_portal.settings", "VAR_DIR": var} | environment
            os.environ |= {url: with_name(os.environ[url], name) for url in ("DATABASE_URL", "DATABASE_OWNER_URL")}
            subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "-v0"], check=True, cwd=ROOT)
            sys.path.insert(0, str(ROOT))
            import django

            django.setup()
            yield
    finally:
        if "django.db" in sys.modules:
            sys.modules["django.db"].connections.close_all()
        owner_says(f'DROP DATABASE "{name}"')
