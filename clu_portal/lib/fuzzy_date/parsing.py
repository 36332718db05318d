"""French dates as people type them."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from clu_portal.lib.text import clean_line

from .periods import ONE_DAY
from .shapes import ImpossibleDateError, read_period
from .value import FuzzyDate, Precision

LONGEST_READ = 200  # characters; beyond, it is prose and kept as such
RESERVE = re.compile(
    r"(?P<main>\S.*?)[\s,;]+"
    r"\(?(?P<condition>(?:sous réserve|sous condition|à condition|si|selon|en fonction)\b[^()]*)\)?",
    re.IGNORECASE,
)
UNSPECIFIED = re.compile(
    r"(date |echeance )?(des que possible|au plus (vite|tot)|sans (date|delai|echeance)|prochainement|en continu"
    r"|permanent|a (definir|determiner|preciser|fixer|venir)|(non |in)(precisee?|definie?|fixee?|determinee?)"
    r"|n\.?c|[?-]+)"
)
BEFORE = re.compile(r"(avant|d'ici(?: a)?|au plus tard|jusqu'a|jusqu'au)\s+")
SINCE = re.compile(r"(a partir|a compter|des|depuis)\s+")
AFTER = re.compile(r"apres\s+")


def parse_fuzzy_date(text: str, today: date | None = None) -> FuzzyDate | None:
    """Return what was typed with the widest period it may mean, or None when it is blank.

    Without a year (« mars »), the period still to end on `today` is meant; without `today` nothing is guessed. What
    is not understood is kept as an event. Raises ValueError, in French, for an exact date that does not exist.
    """
    text = clean_line(text)
    if not text:
        return None
    if len(text) > LONGEST_READ:
        return FuzzyDate.event(text)
    try:
        return _read(text, today) or _read_with_reserve(text, today) or FuzzyDate.event(text)
    except ImpossibleDateError:
        raise ValueError(f"La date « {text} » n'existe pas.") from None
    except OverflowError:
        return FuzzyDate.event(text)


def _read_with_reserve(text: str, today: date | None) -> FuzzyDate | None:
    parts = RESERVE.fullmatch(text)
    found = parts and _read(parts["main"], today)
    return replace(found, text=text, condition=parts["condition"]) if found else None


def _read(text: str, today: date | None) -> FuzzyDate | None:
    key = _plain(text)
    if UNSPECIFIED.fullmatch(key):
        return FuzzyDate.unspecified(text)
    for limit, bound in LIMITS:
        match = limit.match(key)
        if match and (period := read_period(key[match.end() :], today)):
            return bound(text, key, *period)
    period = read_period(key, today)
    return FuzzyDate(text, *period) if period else None


def _plain(text: str) -> str:
    """Return the text in lower case, without accents, with plain spaces, apostrophes and dashes."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN_MARKS).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(letters.split()).rstrip(" .")


def _ends_before(text: str, key: str, start: date, end: date, precision: Precision) -> FuzzyDate:
    """« avant le 3 » may include the 3rd and « avant fin mars » all of March; « avant mars » leaves it out."""
    leaves_it_out = key.startswith("avant") and precision != Precision.DAY and not re.search(r"\bfin\b", key)
    return FuzzyDate(text, None, start - ONE_DAY if leaves_it_out else end, precision)


def _starts_with(text: str, key: str, start: date, end: date, precision: Precision) -> FuzzyDate:
    return FuzzyDate(text, start, None, precision)


def _starts_after(text: str, key: str, start: date, end: date, precision: Precision) -> FuzzyDate:
    return FuzzyDate(text, end + ONE_DAY, None, precision)


PLAIN_MARKS = str.maketrans({"’": "'", "–": "-", "—": "-", "‑": "-"})
LIMITS: tuple[tuple[re.Pattern, Callable], ...] = (
    (BEFORE, _ends_before),
    (SINCE, _starts_with),
    (AFTER, _starts_after),
)
