"""The start is refused to a role that could pass over the isolation (T07), with the real roles of the server."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clu_portal import startup
from clu_portal.isolation import RUNTIME_ROLE
from clu_portal.tests.roles import SUPERUSER, connected_as, owner_role, undone

BYPASSES, OWNS = "passe outre l'isolation", "possède des tables ou peut les vider"


def refusal(other, monkeypatch, *statements: str) -> str:
    """What the start answers on this connection, once these statements are run."""
    monkeypatch.setattr(startup, "connection", other)
    with undone(other):
        with other.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        with pytest.raises(ImproperlyConfigured) as refused:
            startup.check_database_role()
    return str(refused.value)


@pytest.mark.django_db
def test_T07_start_under_the_runtime_role_is_accepted():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == RUNTIME_ROLE
    startup.check_database_role()


@pytest.mark.django_db
def test_T07_start_as_superuser_is_refused(monkeypatch):
    with connected_as(SUPERUSER) as superuser:
        assert BYPASSES in refusal(superuser, monkeypatch)


@pytest.mark.django_db
def test_T07_start_with_a_role_exempt_from_row_security_is_refused(monkeypatch):
    with connected_as(SUPERUSER) as superuser:
        statements = ("CREATE ROLE clu_exempt_for_a_test BYPASSRLS", "SET LOCAL ROLE clu_exempt_for_a_test")
        assert BYPASSES in refusal(superuser, monkeypatch, *statements)


@pytest.mark.django_db
def test_T07_start_as_owner_of_the_tables_is_refused(monkeypatch):
    with connected_as(owner_role()) as owner:
        assert OWNS in refusal(owner, monkeypatch)


@pytest.mark.parametrize("membership", ["owner", "superuser"])
@pytest.mark.django_db
def test_T07_start_with_a_role_that_may_become_another_is_refused(membership, monkeypatch):
    """SET ROLE is one statement away: what a role may become counts as what it is."""
    role = SUPERUSER if membership == "superuser" else owner_role()
    with connected_as(SUPERUSER) as superuser:
        statements = (f"GRANT {role} TO {RUNTIME_ROLE}", f"SET LOCAL ROLE {RUNTIME_ROLE}")
        assert refusal(superuser, monkeypatch, *statements)


@pytest.mark.django_db
def test_T07_start_with_the_right_to_truncate_one_table_is_refused(monkeypatch):
    with connected_as(SUPERUSER) as superuser:
        statements = (f"GRANT TRUNCATE ON organisations_site TO {RUNTIME_ROLE}", f"SET LOCAL ROLE {RUNTIME_ROLE}")
        assert OWNS in refusal(superuser, monkeypatch, *statements)
