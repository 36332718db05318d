"""A date with the precision it was given with, and its wording as printed."""

from dataclasses import dataclass
from datetime import date
from functools import total_ordering
from typing import Self

from django.db.models import TextChoices

from clu_portal.lib.text import clean_line

from . import periods


class Precision(TextChoices):
    DAY = "day", "jour"
    MONTH = "month", "mois"
    QUARTER = "quarter", "trimestre"
    SEASON = "season", "saison"
    YEAR = "year", "année"
    EVENT = "event", "événement"
    UNSPECIFIED = "unspecified", "non précisée"


UNDATED = (Precision.EVENT, Precision.UNSPECIFIED)


@total_ordering
@dataclass(frozen=True)
class FuzzyDate:
    """What was written (`text`, never corrected) beside what is known of it: `start` and `end` included.

    « avant mars 2020 » has no start, « à partir de mars 2020 » no end; events may have neither. A half-year has its
    own bounds and the precision of a year. `condition` is a reserve (« sous réserve des crédits »). Dates compare by
    their end, those without end last. Raises ValueError, in French, when the parts contradict one another.
    """

    text: str
    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.UNSPECIFIED
    condition: str = ""

    def __post_init__(self):
        object.__setattr__(self, "text", clean_line(self.text, required=True))
        object.__setattr__(self, "condition", clean_line(self.condition))
        object.__setattr__(self, "precision", Precision(self.precision))
        if self.start and self.end and self.start > self.end:
            raise ValueError("La période s'achève avant d'avoir commencé.")
        if self.precision == Precision.DAY and self.start and self.end and self.start != self.end:
            raise ValueError("Une date au jour près ne couvre qu'un jour.")
        if self.precision == Precision.UNSPECIFIED and (self.start or self.end):
            raise ValueError("Une date non précisée n'a ni début ni fin.")
        if self.precision not in UNDATED and not (self.start or self.end):
            raise ValueError("Le début ou la fin de la période manque.")

    @classmethod
    def day(cls, day: date, text: str = "") -> Self:
        return cls(text or periods.day_label(day), day, day, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int, text: str = "") -> Self:
        bounds = periods.months_from(year, month)
        return cls(text or f"{periods.MONTHS[month - 1]} {year}", *bounds, Precision.MONTH)

    @classmethod
    def quarter(cls, year: int, quarter: int, text: str = "") -> Self:
        bounds = periods.quarter_of(year, quarter)
        return cls(text or f"{periods.ordinal(quarter)} trimestre {year}", *bounds, Precision.QUARTER)

    @classmethod
    def season(cls, year: int, season: str, text: str = "") -> Self:
        """Return printemps, été, automne or hiver of a year; a winter bears the year of its December."""
        return cls(text or f"{season} {year}", *periods.season_of(year, season), Precision.SEASON)

    @classmethod
    def year(cls, year: int, text: str = "") -> Self:
        return cls(text or str(year), *periods.year_of(year), Precision.YEAR)

    @classmethod
    def event(cls, text: str) -> Self:
        return cls(text, precision=Precision.EVENT)

    @classmethod
    def unspecified(cls, text: str = "non précisé") -> Self:
        return cls(text, precision=Precision.UNSPECIFIED)

    def is_overdue(self, on: date) -> bool:
        """Tell whether the whole period is past for sure: never for an event, nor under a condition nobody checked."""
        if self.end is None or self.condition or self.precision in UNDATED:
            return False
        return on > self.end

    def to_json(self) -> dict:
        """Return strings and None only, as stored."""
        return {
            "text": self.text,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "precision": self.precision.value,
            "condition": self.condition,
        }

    @classmethod
    def from_json(cls, data: dict) -> Self:
        """Return the date `to_json` wrote. Raises ValueError or TypeError on anything else."""
        bounds = {name: data[name] and date.fromisoformat(data[name]) for name in ("start", "end") if name in data}
        return cls(**{**data, **bounds})

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, FuzzyDate):
            return NotImplemented
        return self._sort_key < other._sort_key

    @property
    def _sort_key(self) -> tuple:
        end, start = self.end or date.max, self.start or date.min
        return (self.end is None, end, start, self.start is None, self.text, self.precision, self.condition)

    def __str__(self):
        return self.text
