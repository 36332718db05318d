"""French quantities as people type them."""

import re
from decimal import Decimal

from clu_portal.lib.text import clean_line

from .value import Comparator, Quantity

LONGEST_READ = 200  # characters; beyond, it is prose and kept as such
PLAIN_MARKS = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "’": "'"})
NUMBER = r"[+-]? ?(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?"
UNIT = r"(?:[%‰€$]|[^\W\d_])[^0-9()<>=~]*"
NOT_A_UNIT = re.compile(
    r"(?:ou|et|à|a|de|sur|mais|puis)\b|.*\b(?:plus|moins|maximum|minimum|max|min|environ)\b", re.IGNORECASE
)
COMPARATORS = tuple(
    (re.compile(words, re.IGNORECASE), comparator)
    for words, comparator in (
        (r"(?:≤|<=|=<|au plus|au maximum|maximum|jusqu'à|inférieure?s? ou égale?s? à) ?", Comparator.AT_MOST),
        (r"(?:≥|>=|=>|au moins|au minimum|minimum|supérieure?s? ou égale?s? à) ?", Comparator.AT_LEAST),
        (r"(?:<|(?:moins|-) (?:de|d')|inférieure?s? à) ?", Comparator.LESS),
        (r"(?:>|(?:plus|\+) (?:de|d')|supérieure?s? à) ?", Comparator.MORE),
        (r"(?:~|≈|environ|env\.?|près de|autour de|à peu près|presque) ?", Comparator.ABOUT),
    )
)
ONE_NUMBER = re.compile(rf"(?P<value>{NUMBER})(?:(?: ?/ ?| sur )(?P<scale>{NUMBER}))?(?: ?(?P<unit>{UNIT}))?")
RANGE = re.compile(
    rf"(?:entre |de )?(?P<value>{NUMBER})(?: ?(?P<unit>{UNIT}?))??(?: (?:et|à) | ?- ?)(?P<value_max>{NUMBER})"
    rf"(?: ?(?P<unit_max>{UNIT}))?",
    re.IGNORECASE,
)


def parse_quantity(text: str) -> Quantity | None:
    """Return what was typed, its wording kept, or None when it is blank: missing is never zero. Never raises.

    What is not one number, or two making a range, has no value: « satisfaisant », « 3 ou 4 », « 18 à 10 jours ».
    """
    text = clean_line(text)
    if not text:
        return None
    plain = " ".join(text.translate(PLAIN_MARKS).split())
    try:
        found = _read_range(plain) or _read_number(plain) if len(plain) <= LONGEST_READ else None
        return Quantity(**found, text=text) if found else Quantity(text=text)
    except ValueError:
        return Quantity(text=text)


def _read_range(plain: str) -> dict | None:
    match = RANGE.fullmatch(plain)
    if not match:
        return None
    unit, unit_max = _unit(match["unit"]), _unit(match["unit_max"])
    if unit is None or unit_max is None or unit not in ("", unit_max):
        return None
    bounds = {"value": _number(match["value"]), "value_max": _number(match["value_max"])}
    return {**bounds, "comparator": Comparator.RANGE, "unit": unit_max}


def _read_number(plain: str) -> dict | None:
    comparator = Comparator.EQUAL
    for words, known in COMPARATORS:
        match = words.match(plain)
        if match:
            plain, comparator = plain[match.end() :], known
            break
    match = ONE_NUMBER.fullmatch(plain)
    unit = match and _unit(match["unit"])
    if unit is None:
        return None
    scale_max = _number(match["scale"]) if match["scale"] else None
    return {"value": _number(match["value"]), "comparator": comparator, "unit": unit, "scale_max": scale_max}


def _unit(unit: str | None) -> str | None:
    """Return the unit, "" when there is none, or None when these words change the number and are no unit."""
    unit = (unit or "").strip()
    return None if NOT_A_UNIT.match(unit) else unit


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(" ", "").replace(",", "."))
