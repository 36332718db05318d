"""SQL conditions that a stored FuzzyDate or Quantity must satisfy: the same rules as their classes (checklist D07).

Each takes the quoted name of a JSONB column and never answers NULL, which a CHECK would let through.
"""

from collections.abc import Iterable

from clu_portal.lib.fuzzy_date import Precision
from clu_portal.lib.fuzzy_date.value import UNDATED
from clu_portal.lib.quantity import Comparator
from clu_portal.lib.quantity.value import MAX_DIGITS

ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NUMBER = f"^-?[0-9]{{1,{MAX_DIGITS}}}([.][0-9]{{1,{MAX_DIGITS}}})?$"
ANYTHING = ".*"
SOMETHING = "[^[:space:]]"


def fuzzy_date_condition(column: str) -> str:
    """The dates are cast, so that 31/02 is refused by PostgreSQL itself."""
    start, end = f"({column} ->> 'start')::date", f"({column} ->> 'end')::date"
    precision = f"{column} ->> 'precision'"
    return _object(
        column,
        _string(column, "text", SOMETHING),
        _string(column, "condition", ANYTHING),
        f"{precision} IN {_quoted(Precision.values)}",
        _string(column, "start", ISO_DATE, optional=True),
        _string(column, "end", ISO_DATE, optional=True),
        f"coalesce({start} <= {end}, true)",
        f"coalesce({precision} <> '{Precision.DAY.value}' OR {start} = {end}, true)",
        f"({precision} <> '{Precision.UNSPECIFIED.value}' OR coalesce({start}, {end}) IS NULL)",
        f"({precision} IN {_quoted(UNDATED)} OR coalesce({start}, {end}) IS NOT NULL)",
        parts=("text", "start", "end", "precision", "condition"),
    )


def quantity_condition(column: str) -> str:
    value, value_max, scale_max = (f"({column} ->> '{part}')::numeric" for part in ("value", "value_max", "scale_max"))
    comparator = f"{column} ->> 'comparator'"
    return _object(
        column,
        _string(column, "text", SOMETHING),
        _string(column, "unit", ANYTHING),
        f"{comparator} IN {_quoted(Comparator.values)}",
        *(_string(column, part, NUMBER, optional=True) for part in ("value", "value_max", "scale_max")),
        f"({comparator} = '{Comparator.RANGE.value}') = ({value_max} IS NOT NULL)",
        f"({value} IS NOT NULL OR (coalesce({value_max}, {scale_max}) IS NULL"
        f" AND {comparator} = '{Comparator.EQUAL.value}'))",
        f"coalesce({value} <= {value_max}, true)",
        f"({scale_max} IS NULL OR {scale_max} > 0)",
        f"({scale_max} IS NULL OR ({value} >= 0 AND coalesce({value_max}, {value}) <= {scale_max}))",
        parts=("value", "value_max", "comparator", "unit", "scale_max", "text"),
    )


def _object(column: str, *conditions: str, parts: tuple[str, ...]) -> str:
    names = ", ".join(f"'{part}'" for part in parts)
    every = " AND ".join([f"{column} - ARRAY[{names}] = '{{}}'::jsonb", *conditions])
    return f"coalesce(CASE WHEN jsonb_typeof({column}) = 'object' THEN {every} END, false)"


def _string(column: str, part: str, pattern: str, *, optional: bool = False) -> str:
    is_string = f"jsonb_typeof({column} -> '{part}') = 'string' AND {column} ->> '{part}' ~ '{pattern}'"
    return f"({column} ->> '{part}' IS NULL OR {is_string})" if optional else f"({is_string})"


def _quoted(values: Iterable[str]) -> str:
    return "({})".format(", ".join(f"'{value}'" for value in map(str, values)))
