"""D01: the journal cannot be changed by the application, and a change made with higher rights is found."""

from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from clu_portal.accounts.enums import RoleKind
from clu_portal.audit.acts import write_entry
from clu_portal.audit.chain import Verdict, verify_chain
from clu_portal.audit.models import AuditEntry, AuditHead
from clu_portal.tenancy import scope
from clu_portal.tests.databases import owner_connection
from clu_portal.tests.factories import PrefectureFactory, SiteFactory, user_with_role

COLUMNS = "sequence, verb, subject, details, at, previous_hash, hash, prefecture_id, address, request_reference"


@pytest.fixture
def journal(transactional_db):
    """A préfecture whose journal holds five lines."""
    prefecture = PrefectureFactory()
    with scope(prefecture.pk):
        by, site = user_with_role(RoleKind.REFERENT), SiteFactory()
        for number in range(5):
            write_entry("registry_row_saved", site, by=by, details={"numéro": number, "a|b": "é|\\"})
    return prefecture


def as_owner(prefecture, statement: str) -> None:
    """Run a statement as the owner of the tables, triggers disabled: the worst that the journal must show."""
    with closing(owner_connection(connection.settings_dict["NAME"])) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT set_config('app.prefecture', %s, false)", [str(prefecture.pk)])
        for table in ("audit_auditentry", "audit_audithead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            cursor.execute(statement)
            assert cursor.rowcount > 0
        finally:
            for table in ("audit_auditentry", "audit_audithead"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def verdict(prefecture) -> Verdict:
    with scope(prefecture.pk):
        return verify_chain()


def test_D01_whole_chain_is_verified(journal):
    assert verdict(journal) == Verdict(5)


def test_D01_journal_of_a_prefecture_where_nothing_was_done_is_whole(transactional_db):
    assert verdict(PrefectureFactory()) == Verdict(0)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("verb = 'role_closed'", 1),
        ("subject = 'site:999'", 1),
        ("version = 2", 1),
        ("user_id = NULL", 1),
        ("address = '192.0.2.0/24'", 1),
        ("request_reference = 'abc'", 1),
        ("details = '{}'", 1),
        ("at = at + interval '1 microsecond'", 1),
        ("hash = repeat('0', 64)", 1),
        ("previous_hash = repeat('0', 64)", 1),
    ],
)
@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_D01_changed_line_is_found(change, line, sequence, journal):
    as_owner(journal, f"UPDATE audit_auditentry SET {change} WHERE sequence = {sequence}")
    found = verdict(journal)
    assert (found.line_count, found.fault.startswith(f"ligne {sequence} :")) == (sequence - 1, True)


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_D01_removed_line_is_found_the_last_one_included(sequence, journal):
    as_owner(journal, f"DELETE FROM audit_auditentry WHERE sequence = {sequence}")
    assert verdict(journal).fault.startswith(f"ligne {sequence} : absente")


def test_D01_every_line_removed_is_found(journal):
    as_owner(journal, "DELETE FROM audit_auditentry")
    assert verdict(journal).fault.startswith("ligne 1 : absente")


def test_D01_every_line_kept_without_the_head_is_found(journal):
    as_owner(journal, "DELETE FROM audit_audithead")
    assert verdict(journal).fault == "ligne 1 : insérée après la dernière"


@pytest.mark.parametrize("sequence", [0, 6, 40])
def test_D01_inserted_line_is_found(sequence, journal):
    """A copy of the last line, put before the first, right after the last, or further."""
    values = COLUMNS.replace("sequence", str(sequence), 1)
    source = f"SELECT {values} FROM audit_auditentry WHERE sequence = 5"
    as_owner(journal, f"INSERT INTO audit_auditentry ({COLUMNS}) {source}")
    if sequence == 0:
        assert verdict(journal).fault == "ligne 0 : insérée"
    else:
        assert verdict(journal) == Verdict(5, f"ligne {sequence} : insérée après la dernière")


def test_D01_two_lines_exchanged_are_found(journal):
    as_owner(
        journal,
        "UPDATE audit_auditentry SET details = jsonb_build_object('numéro', 6 - sequence) WHERE sequence IN (2, 4)",
    )
    assert verdict(journal).fault == "ligne 2 : modifiée"


def test_D01_command_says_what_holds_and_fails_for_what_does_not(journal):
    whole, said = PrefectureFactory(slug="autre"), StringIO()
    as_owner(journal, "UPDATE audit_auditentry SET verb = 'role_closed' WHERE sequence = 2")
    with pytest.raises(CommandError, match=f"Journal rompu : {journal.slug}") as refusal:
        call_command("audit_verify", stdout=said)
    assert refusal.value.returncode == 1
    assert f"{whole.slug} : 0 lignes vérifiées, chaîne entière" in said.getvalue()
    assert f"{journal.slug} : 1 lignes vérifiées, RUPTURE, ligne 2 : modifiée" in said.getvalue()
    call_command("audit_verify", prefecture="autre", stdout=StringIO())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET verb = 'role_closed'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "TRUNCATE audit_audithead",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER USER",
        "UPDATE audit_audithead SET sequence = sequence - 1",
        "UPDATE audit_audithead SET sequence = sequence + 1, hash = 'faux'",
        "UPDATE audit_audithead SET hash = 'faux'",
        "DELETE FROM audit_audithead",
    ],
)
def test_D01_runtime_role_is_refused(statement, journal):
    with scope(journal.pk):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert verify_chain() == Verdict(5)


def test_D01_runtime_role_cannot_begin_a_chain_elsewhere(transactional_db):
    prefecture = PrefectureFactory()
    with scope(prefecture.pk), pytest.raises(DatabaseError), transaction.atomic():
        AuditHead.objects.create(sequence=40, hash="faux")


def test_D01_what_the_application_says_of_the_chain_is_not_believed(journal):
    with scope(journal.pk):
        entry = AuditEntry.objects.get(sequence=5)
        entry.pk, entry.sequence, entry.hash, entry.previous_hash = None, 3, "faux", "faux"
        entry.save(force_insert=True)
    assert verdict(journal) == Verdict(6)


@pytest.mark.parametrize(("column", "value"), [("verb", "a|b"), ("subject", "site:1|2"), ("address", "a|b")])
def test_D07_separator_of_the_hash_is_refused_in_a_line(column, value, journal):
    with scope(journal.pk):
        entry = AuditEntry.objects.get(sequence=5)
        entry.pk = None
        setattr(entry, column, value)
        with pytest.raises(DatabaseError), transaction.atomic():
            entry.save(force_insert=True)


def test_long_chain_is_read_slice_by_slice(journal, monkeypatch):
    monkeypatch.setattr("clu_portal.audit.chain.SLICE", 2)
    assert verdict(journal) == Verdict(5)
    as_owner(journal, "DELETE FROM audit_auditentry WHERE sequence = 4")
    assert verdict(journal) == Verdict(3, "ligne 4 : absente")
