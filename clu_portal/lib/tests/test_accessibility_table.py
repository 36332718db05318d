from collections import Counter
from decimal import Decimal

import pytest

from clu_portal.lib.accessibility_table import (
    CRITERIA_COUNT,
    MET,
    NOT_APPLICABLE,
    NOT_EXAMINED,
    NOT_MET,
    Criterion,
    State,
    read_table,
    state,
)


@pytest.mark.parametrize(
    ("counts", "label", "rate_pct"),
    [
        ({MET: 106}, "totalement conforme", Decimal("100.0")),
        ({MET: 60, NOT_APPLICABLE: 46}, "totalement conforme", Decimal("100.0")),
        ({MET: 105, NOT_EXAMINED: 1}, "partiellement conforme", Decimal("99.1")),
        ({MET: 53, NOT_MET: 53}, "partiellement conforme", Decimal("50.0")),
        ({MET: 49, NOT_MET: 1, NOT_EXAMINED: 50}, "non conforme", Decimal("49.0")),
        ({NOT_EXAMINED: 106}, "non conforme", Decimal("0.0")),
        ({NOT_APPLICABLE: 106}, "non conforme", None),
        ({}, "non conforme", None),
    ],
)
def test_state_follows_from_the_counts(counts, label, rate_pct):
    found = State(Counter(counts))
    assert (found.label, found.rate_pct) == (label, rate_pct)


def table(tmp_path, *rows: str):
    path = tmp_path / "table.md"
    path.write_text("\n".join(["| Critère | Objet | Résultat | Examiné par |", "|---|---|---|---|", *rows]))
    return path


def test_read_table_reads_rows_and_nothing_else(tmp_path):
    path = table(
        tmp_path,
        "| 1.1 | Images | conforme | axe |",
        "Un texte | 2.1 | entre deux |",
        "| 8.10 | Sens | non évalué | |",
    )
    assert read_table(path) == [
        Criterion("1.1", "Images", MET, "axe"),
        Criterion("8.10", "Sens", NOT_EXAMINED, ""),
    ]


@pytest.mark.parametrize("rows", [["| 1.1 | A | peut-être | |"], ["| 1.1 | A | conforme | x |"] * 2])
def test_read_table_refuses_an_unknown_result_and_a_number_met_twice(tmp_path, rows):
    with pytest.raises(ValueError, match=r"peut-être|twice"):
        read_table(table(tmp_path, *rows))


def test_table_of_the_portal_holds_every_criterion_and_its_evidence(settings):
    criteria = read_table(settings.BASE_DIR / "docs/accessibility.md")
    assert len(criteria) == CRITERIA_COUNT
    assert [
        criterion.number for criterion in criteria if criterion.result != NOT_EXAMINED and not criterion.evidence
    ] == []
    assert state(criteria).rate_pct is not None
