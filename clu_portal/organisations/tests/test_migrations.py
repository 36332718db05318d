"""Rows without a uuid taken through the migration that gives them one, in a database of their own."""

import pytest

from clu_portal.tests.migrating import FORMER_PREFECTURE, ask, migrate_to

FORMER_ROWS = """
INSERT INTO organisations_organisation (prefecture_id, name, acronym, family)
  SELECT 1, 'O' || n, '', 'other' FROM generate_series(1, 3) n;
"""

FORMER_SETTINGS = """
INSERT INTO organisations_prefecturesettings (prefecture_id, link_validity_days, invitation_validity_days,
    local_drafts, draft_image_dpi, day_of_receipt_counts, reply_time_limit_days, months_without_meeting, legal_notice,
    privacy_notice, accessibility_contact, letterhead, delegation_formula)
  VALUES (1, 30, 7, true, 70, false, 15, 10, '', '', '', 'Mission qualité', 'Pour la préfète,');
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


@pytest.mark.long
def test_letterhead_and_formula_go_to_the_layout_and_come_back(empty_database):
    migrate_to(empty_database, "organisations", "0005_document_layout")
    ask(empty_database, FORMER_PREFECTURE, FORMER_SETTINGS)
    migrate_to(empty_database, "organisations", "0007_settings_without_letterhead")
    moved = "SELECT prefecture_id, letterhead, delegation_formula FROM "
    assert ask(empty_database, f"{moved} organisations_documentlayout") == [(1, "Mission qualité", "Pour la préfète,")]
    migrate_to(empty_database, "organisations", "0005_document_layout")
    assert ask(empty_database, f"{moved} organisations_prefecturesettings") == [
        (1, "Mission qualité", "Pour la préfète,")
    ]
