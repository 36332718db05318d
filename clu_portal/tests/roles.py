"""Connections of Django under the other roles of the database: the owner, the server's superuser."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from clu_portal.tests.databases import OWNER_URL

SUPERUSER = "postgres"  # the embedded server's, on the same socket (bin/launcher/postgres.py)


def owner_role() -> str:
    return urlsplit(OWNER_URL).username


@contextmanager
def connected_as(role: str) -> Iterator[DatabaseWrapper]:
    """A connection of its own to the database of the test, under another role."""
    settings = {**connection.settings_dict, "USER": role, "CONN_MAX_AGE": 0}
    other = DatabaseWrapper(settings, alias=connection.alias)
    try:
        yield other
    finally:
        other.close()


@contextmanager
def undone(other: DatabaseWrapper) -> Iterator[None]:
    """Run statements in one transaction that never happened: PostgreSQL undoes changes of the schema too."""
    other.set_autocommit(False)
    try:
        yield
    finally:
        other.rollback()
        other.set_autocommit(True)


@contextmanager
def never_happened() -> Iterator[None]:
    """Run statements of the application itself, then undo them."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
