"""Dates as documents give them: exact, a month, a season, an event, « dès que possible »."""

from .parsing import parse_fuzzy_date
from .value import FuzzyDate, Precision

__all__ = ["FuzzyDate", "Precision", "parse_fuzzy_date"]
