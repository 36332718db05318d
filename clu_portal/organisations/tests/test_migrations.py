"""Rows without a uuid taken through the migration that gives them one, in a database of their own."""

import pytest

from clu_portal.tests.migrating import FORMER_PREFECTURE, ask, migrate_to

FORMER_ROWS = """
INSERT INTO organisations_organisation (prefecture_id, name, acronym, family)
  SELECT 1, 'O' || n, '', 'other' FROM generate_series(1, 3) n;
"""


@pytest.mark.long
def test_each_row_takes_a_uuid_of_its_own(empty_database):
    migrate_to(empty_database, "organisations", "0001_initial")
    ask(empty_database, FORMER_PREFECTURE, FORMER_ROWS)
    migrate_to(empty_database, "organisations", "0002_rows_have_a_uuid")
    assert ask(empty_database, "SELECT count(*), count(DISTINCT uuid) FROM organisations_organisation") == [(3, 3)]
    migrate_to(empty_database, "organisations", "0001_initial")
    assert ask(empty_database, "SELECT name FROM organisations_organisation ORDER BY name") == [
        ("O1",),
        ("O2",),
        ("O3",),
    ]
