"""Rows of the former shape taken through the migrations, back and forth, in a database of their own."""

import pytest

from clu_portal.tests.migrating import FORMER_PREFECTURE, ask, migrate_to

BEFORE, AFTER = "0002_minutes_frozen", "0004_mandates_never_overlap"
FORMER_ROWS = """
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


@pytest.mark.long
def test_former_kinds_become_types_and_no_mandate_overlaps_any_more(empty_database):
    migrate_to(empty_database, "committees", BEFORE)
    ask(empty_database, FORMER_PREFECTURE, FORMER_ROWS)
    migrate_to(empty_database, "committees", AFTER)
    types = "SELECT c.name, t.acronym FROM committees_committee c JOIN committees_committeetype t ON t.id = c.type_id"
    assert ask(empty_database, f"{types} ORDER BY c.id") == [("CLU", "CLU"), ("CLUAC", "CLUAC")]
    assert ask(empty_database, "SELECT acronym FROM committees_committeetype ORDER BY position") == [
        ("CLU",), ("CLAC",), ("CLUAC",), ("",),
    ]  # fmt: skip
    mandates = (
        "SELECT s.wording, s.id < 100, p.surname, m.kind, m.starts_on::text, m.ends_on::text "
        "FROM committees_mandate m JOIN committees_seat s ON s.id = m.seat_id "
        "JOIN organisations_person p ON p.id = m.person_id "
        "ORDER BY s.wording, p.surname, m.starts_on"
    )
    assert ask(empty_database, mandates) == [
        ("Deux fois la même", False, "P4", "full_member", "2025-01-01", "2025-12-31"),
        ("Deux fois la même", False, "P4", "full_member", "2026-02-01", None),
        ("Deux titulaires", False, "P1", "full_member", "2025-01-01", "2025-12-31"),
        ("Deux titulaires", True, "P2", "full_member", "2025-06-01", None),
        ("Deux titulaires", False, "P3", "full_member", "2026-01-01", "2026-06-30"),
    ]
    migrate_to(empty_database, "committees", BEFORE)
    assert ask(empty_database, "SELECT name, kind FROM committees_committee ORDER BY id") == [
        ("CLU", "clu"), ("CLUAC", "cluac"),
    ]  # fmt: skip


NAMED_ALIKE = """
INSERT INTO committees_committee (id, prefecture_id, uuid, name, created_at) VALUES
  (1, 1, gen_random_uuid(), 'CLU', now()), (2, 1, gen_random_uuid(), 'CLUAC', now());
DELETE FROM committees_committeetype;
INSERT INTO committees_committeetype (prefecture_id, name, acronym, position) VALUES
  (1, 'Copil', '', 1), (1, 'COPIL', '', 2), (1, 'copil', '', 3), (1, 'Copil (2)', '', 4);
INSERT INTO committees_college (prefecture_id, uuid, committee_id, label, side, position) VALUES
  (1, gen_random_uuid(), 1, 'Usagers', 'users', 1), (1, gen_random_uuid(), 1, 'usagers', 'users', 2),
  (1, gen_random_uuid(), 2, 'USAGERS', 'users', 1);
"""


@pytest.mark.long
def test_names_that_differ_by_case_only_get_a_number(empty_database):
    migrate_to(empty_database, "committees", "0014_minutes_versions")
    ask(empty_database, FORMER_PREFECTURE, NAMED_ALIKE)
    migrate_to(empty_database, "committees", "0016_corbeille_of_a_whole_committee")
    types = ask(empty_database, "SELECT name FROM committees_committeetype ORDER BY position")
    assert types == [("Copil",), ("COPIL (3)",), ("copil (4)",), ("Copil (2)",)]
    colleges = ask(empty_database, "SELECT label FROM committees_college ORDER BY committee_id, position")
    assert colleges == [("Usagers",), ("usagers (2)",), ("USAGERS",)]
    migrate_to(empty_database, "committees", "0014_minutes_versions")
