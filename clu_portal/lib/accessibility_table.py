"""The state of accessibility, computed from the table of docs/accessibility.md: one row per criterion of the RGAA.

The rate follows RGAA 4.1.2 (criteria met / criteria that apply), except that a criterion not yet examined counts as
not met: what nobody looked at is not claimed.
"""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path

MET, NOT_MET, NOT_APPLICABLE, NOT_EXAMINED = "conforme", "non conforme", "non applicable", "non évalué"
RESULTS = frozenset({MET, NOT_MET, NOT_APPLICABLE, NOT_EXAMINED})
CRITERIA_COUNT = 106  # RGAA 4.1.2
PARTIAL_FROM = Decimal(50)  # arrêté du 20 septembre 2019, modèle de déclaration: partially from 50 % of the criteria
ROW = re.compile(r"^\|\s*(\d+\.\d+)\s*\|([^|]*)\|([^|]*)\|([^|]*)\|\s*$")


@dataclass(frozen=True)
class Criterion:
    """One row: number, title, result, and how it was examined."""

    number: str
    title: str
    result: str
    evidence: str


def read_table(path: Path) -> list[Criterion]:
    """Return the criteria of the table. Raises ValueError on an unknown result or a number met twice."""
    rows = [ROW.match(line) for line in path.read_text(encoding="utf-8").splitlines()]
    criteria = [Criterion(*(cell.strip() for cell in row.groups())) for row in rows if row]
    if unknown := {criterion.result for criterion in criteria} - RESULTS:
        raise ValueError(f"unknown results: {', '.join(sorted(unknown))}")
    if len({criterion.number for criterion in criteria}) != len(criteria):
        raise ValueError("a criterion is there twice")
    return criteria


@dataclass(frozen=True)
class State:
    """How many criteria have each result, and what follows."""

    counts: Counter

    @property
    def by_name(self) -> dict[str, int]:
        names = {"met": MET, "not_met": NOT_MET, "not_applicable": NOT_APPLICABLE, "not_examined": NOT_EXAMINED}
        return {name: self.counts[result] for name, result in names.items()}

    @property
    def rate_pct(self) -> Decimal | None:
        """Criteria met, in % of those that apply, one decimal; None when none applies."""
        applicable = self.counts.total() - self.counts[NOT_APPLICABLE]
        if not applicable:
            return None
        return (Decimal(100 * self.counts[MET]) / applicable).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @cached_property
    def label(self) -> str:
        """« totalement conforme », « partiellement conforme » or « non conforme »."""
        if self.counts[NOT_MET] == self.counts[NOT_EXAMINED] == 0 and self.counts[MET]:
            return "totalement conforme"
        return "partiellement conforme" if (self.rate_pct or 0) >= PARTIAL_FROM else "non conforme"


def state(criteria: list[Criterion]) -> State:
    return State(Counter(criterion.result for criterion in criteria))
