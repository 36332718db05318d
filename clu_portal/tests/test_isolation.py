"""T06, T09: what the catalogue of PostgreSQL holds, and that each protection taken away is found missing."""

import pytest
from django.apps import apps
from django.db import connection, models

from clu_portal import isolation
from clu_portal.isolation import POLICY, isolation_faults, tenant_models
from clu_portal.tenancy import DIRECTORY, LIBRARY_APPS, TenantModel
from clu_portal.tests.roles import connected_as, owner_role, undone

SITE, CLOSING = "organisations_site", "organisations_closingday"
COMPOSITE = "organisations_closingday_site_id_fk"
BROKEN = [
    (f"ALTER TABLE {SITE} DISABLE ROW LEVEL SECURITY", f"{SITE}: row security is not enabled and forced"),
    (f"ALTER TABLE {SITE} NO FORCE ROW LEVEL SECURITY", f"{SITE}: row security is not enabled and forced"),
    (f"DROP POLICY {POLICY} ON {SITE}", f"{SITE}: no policy for reading and writing"),
    (
        f"DROP POLICY {POLICY} ON {SITE}; CREATE POLICY {POLICY} ON {SITE} FOR SELECT USING ({isolation.CURRENT})",
        f"{SITE}: no policy for reading and writing",
    ),
    (
        f"DROP POLICY {POLICY} ON {SITE}; CREATE POLICY {POLICY} ON {SITE} USING ({isolation.CURRENT} OR true) "
        f"WITH CHECK ({isolation.CURRENT})",
        f"{SITE}: no policy for reading and writing",
    ),
    (f"CREATE POLICY everybody ON {SITE} USING (true)", f"{SITE}: another policy opens it: everybody"),
    (f"ALTER TABLE {SITE} ALTER prefecture_id DROP NOT NULL", f"{SITE}: prefecture_id may be null"),
    (
        f"ALTER TABLE {CLOSING} DROP CONSTRAINT {COMPOSITE}, ADD FOREIGN KEY (site_id) REFERENCES {SITE} (id)",
        f"{CLOSING}.site_id: the foreign key is not composite [1]",
    ),
    (
        f"ALTER TABLE {CLOSING} DROP CONSTRAINT {COMPOSITE}",
        f"{CLOSING}.site_id: the foreign key is not composite []",
    ),
    (f"CREATE UNIQUE INDEX everywhere ON {SITE} (name)", f"{SITE}: unique across préfectures: CREATE UNIQUE INDEX"),
    (
        f"CREATE VIEW all_sites AS SELECT * FROM {SITE}",
        "all_sites: a view that row security does not reach",
    ),
    (
        f"CREATE MATERIALIZED VIEW kept_sites AS SELECT * FROM {SITE}",
        "kept_sites: a view that row security does not reach",
    ),
    (
        f"CREATE FUNCTION sites() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM {SITE}'",
        "sites: a SECURITY DEFINER function",
    ),
]
# The only words of the directory: who people and préfectures are, and technical names.
DIRECTORY_WORDS = {
    "accounts.AccessToken": {"token_hash", "purpose", "object_reference", "next_path"},
    "accounts.Role": {"kind", "title"},
    "accounts.User": {"email", "name", "password"},
    "files.RenderingTicket": {"kind", "state"},
    "files.SealedFingerprint": {"sha256", "kind", "document"},
    "mail.MailTicket": {"kind", "state"},
    "organisations.Prefecture": {
        "slug", "name", "department_code", "city", "authority_line", "authority_gender", "theme",
    },
    "portal.Heartbeat": {"name"},
}  # fmt: skip


@pytest.mark.django_db
def test_T06_T09_every_table_of_a_prefecture_has_all_its_protections():
    assert len(tenant_models()) > 20
    assert isolation_faults() == []


@pytest.mark.parametrize(("statement", "fault"), BROKEN)
@pytest.mark.django_db
def test_T06_T09_a_protection_taken_away_is_found(statement, fault, monkeypatch):
    with connected_as(owner_role()) as owner:
        monkeypatch.setattr(isolation, "connection", owner)
        with undone(owner):
            with owner.cursor() as cursor:
                cursor.execute(statement)
            found = isolation_faults()
        assert [line[: len(fault)] for line in found] == [fault]
        assert isolation_faults() == []


@pytest.mark.django_db
def test_T06_index_beginning_with_the_prefecture_taken_away_is_found(monkeypatch):
    with connected_as(owner_role()) as owner:
        monkeypatch.setattr(isolation, "connection", owner)
        with undone(owner), owner.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [CLOSING])
            names = [row[0] for row in cursor.fetchall() if not row[0].endswith("_pkey")]
            cursor.execute(f"ALTER TABLE {CLOSING} DROP CONSTRAINT {CLOSING}_in_prefecture")
            for name in names:
                cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
            assert isolation_faults() == [f"{CLOSING}: no index begins with prefecture_id"]


@pytest.mark.django_db
def test_view_with_the_rights_of_its_reader_is_no_fault(monkeypatch):
    with connected_as(owner_role()) as owner:
        monkeypatch.setattr(isolation, "connection", owner)
        with undone(owner):
            with owner.cursor() as cursor:
                cursor.execute(f"CREATE VIEW own_sites WITH (security_invoker = on) AS SELECT * FROM {SITE}")
            assert isolation_faults() == []


@pytest.mark.django_db
def test_ensure_isolation_mends_what_was_taken_away_and_then_changes_nothing(monkeypatch):
    with connected_as(owner_role()) as owner:
        monkeypatch.setattr(isolation, "connection", owner)
        with undone(owner):
            with owner.cursor() as cursor:
                cursor.execute(f"ALTER TABLE {SITE} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
                cursor.execute(f"DROP POLICY {POLICY} ON {SITE}")
                cursor.execute(f"ALTER TABLE {CLOSING} DROP CONSTRAINT {COMPOSITE}")
            isolation.ensure_isolation()
            assert isolation_faults() == []
            before = catalogue(owner)
            isolation.ensure_isolation()
            assert catalogue(owner) == before


def catalogue(owner) -> list[tuple]:
    """Everything `ensure_isolation` may touch, with the transaction that last wrote it."""
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT 'policy', oid::text, xmin::text FROM pg_policy UNION ALL "
            "SELECT 'constraint', oid::text, xmin::text FROM pg_constraint UNION ALL "
            "SELECT 'table', relname::text, relrowsecurity::text || relforcerowsecurity || coalesce(relacl::text, '') "
            "FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return cursor.fetchall()


def test_every_model_is_of_a_prefecture_or_listed_in_the_directory():
    outside = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, TenantModel) and model._meta.app_label not in LIBRARY_APPS
    }
    assert outside == DIRECTORY


def test_library_apps_are_exactly_those_that_have_tables():
    ours = {label.partition(".")[0] for label in DIRECTORY} | {model._meta.app_label for model in tenant_models()}
    assert {model._meta.app_label for model in apps.get_models()} - ours == LIBRARY_APPS


def test_directory_holds_no_other_words_than_these():
    words = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    found = {
        label: {field.name for field in apps.get_model(label)._meta.concrete_fields if isinstance(field, words)}
        for label in DIRECTORY
    }
    assert found == DIRECTORY_WORDS


def test_no_many_to_many_without_a_model():
    implicit = [
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created and model._meta.app_label not in LIBRARY_APPS
    ]
    assert implicit == []


@pytest.mark.django_db
def test_every_table_of_the_database_is_a_model_or_the_cache_or_of_the_machinery():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables = set(connection.introspection.table_names())
    assert tables - known <= {"django_migrations", "portal_cache", "clu_installation"}
    assert known <= tables
