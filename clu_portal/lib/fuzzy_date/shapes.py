"""The shapes a period takes in French, once written in lower case and without accents."""

import re
from collections.abc import Callable
from datetime import date

from . import periods
from .value import Precision

Period = tuple[date, date, Precision]

SHORT_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(SHORT_MONTHS, 1)},
    **{name.translate(str.maketrans("éû", "eu")): number for number, name in enumerate(periods.MONTHS, 1)},
}
ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
SEASONS = {"printemps": "printemps", "ete": "été", "automne": "automne", "hiver": "hiver"}

FILLER_WORDS = (
    "le|la|les|en|au|a|du|de|dans|pour|vers|courant|cours|durant|pendant|debut|milieu|mi|fin|mois|annee"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
FILLERS = re.compile(rf"(({FILLER_WORDS})[\s-]+|[ld]')*")
DAY = r"(?P<day>[0-9]{1,2})( ?er)?"
MONTH = rf"(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
MONTH_NUMBER = r"(?P<month>0?[1-9]|1[0-2])"
FULL_YEAR = r"(?P<year>(19|20|21)[0-9]{2})"
YEAR = rf"(\s+(de |d'|de l')?(annee )?{FULL_YEAR})?"
HOUR = r"([\s,]+(a )?[0-9]{1,2} ?[h:] ?([0-9]{2})?)?"
ORDINAL = rf"(?P<ordinal>{'|'.join(ORDINALS)}|dernier|[1-4])( ?(er|nd|e|eme))?"
YEARS_TRIED = 9  # holds a 29 February, even around 2100


class ImpossibleDateError(ValueError):
    """An exact date that no calendar holds."""


def read_period(key: str, today: date | None) -> Period | None:
    """Return the bounds and precision, or None. Raises ImpossibleDateError."""
    key = key[FILLERS.match(key).end() :]
    for shape, build in SHAPES:
        match = shape.fullmatch(key)
        if match:
            return build(match.groupdict(), today)
    return None


def _day(parts: dict, today: date | None) -> Period | None:
    day, month = int(parts["day"]), MONTH_NUMBERS.get(parts["month"]) or int(parts["month"])
    year = f"20{parts['year']}" if parts["year"] and len(parts["year"]) == 2 else parts["year"]
    found = _dated(Precision.DAY, lambda year: (date(year, month, day),) * 2, year, today)
    if found is None and (year or today):
        raise ImpossibleDateError
    return found


def _month(parts: dict, today: date | None) -> Period | None:
    month = MONTH_NUMBERS.get(parts["month"]) or int(parts["month"])
    return _dated(Precision.MONTH, lambda year: periods.months_from(year, month), parts["year"], today)


def _quarter(parts: dict, today: date | None) -> Period | None:
    quarter = _ordinal(parts["ordinal"], last=4)
    return _dated(Precision.QUARTER, lambda year: periods.quarter_of(year, quarter), parts["year"], today)


def _half(parts: dict, today: date | None) -> Period | None:
    half = _ordinal(parts["ordinal"], last=2)
    if half > 2:
        return None
    return _dated(Precision.YEAR, lambda year: periods.half_of(year, half), parts["year"], today)


def _season(parts: dict, today: date | None) -> Period | None:
    season, until = SEASONS[parts["season"]], parts["until"]
    if until and (season != "hiver" or int(until) % 100 != (int(parts["year"]) + 1) % 100):
        return None
    return _dated(Precision.SEASON, lambda year: periods.season_of(year, season), parts["year"], today)


def _years(parts: dict, today: date | None) -> Period | None:
    first = int(parts["year"])
    last = int(parts.get("until") or first)
    if last < first:
        return None
    return date(first, 1, 1), date(last, 12, 31), Precision.YEAR


def _ordinal(word: str, *, last: int) -> int:
    return last if word == "dernier" else ORDINALS.get(word) or int(word)


def _dated(precision: Precision, bounds_of: Callable, year: str | None, today: date | None) -> Period | None:
    """Return the period of that year; without a year, the first one to end on `today` or later."""
    if not year and not today:
        return None
    for candidate in [int(year)] if year else range(today.year - 1, today.year + YEARS_TRIED):
        try:
            start, end = bounds_of(candidate)
        except ValueError:
            continue
        if year or end >= today:
            return start, end, precision
    return None


SHAPES = tuple(
    (re.compile(shape), build)
    for shape, build in (
        (
            rf"{DAY}(?P<separator>[/.-])(?P<month>[0-9]{{1,2}})(?P=separator)(?P<year>[0-9]{{4}}|[0-9]{{2}}){HOUR}",
            _day,
        ),
        (rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){HOUR}", _day),
        (rf"{DAY}\s+{MONTH}(\s+(?P<year>[0-9]{{4}}))?{HOUR}", _day),
        (rf"{MONTH}{YEAR}", _month),
        (rf"{MONTH_NUMBER}\s*[/.-]\s*{FULL_YEAR}", _month),
        (rf"{ORDINAL}\s+trimestre{YEAR}", _quarter),
        (rf"(t(?P<ordinal>[1-4]))[\s/-]*{FULL_YEAR}", _quarter),
        (rf"{FULL_YEAR}[\s/-]*t(?P<ordinal>[1-4])", _quarter),
        (rf"{ORDINAL}\s+semestre{YEAR}", _half),
        (rf"s(?P<ordinal>[12])[\s/-]*{FULL_YEAR}", _half),
        (rf"(?P<season>{'|'.join(SEASONS)}){YEAR}(\s*[/-]\s*(?P<until>[0-9]{{4}}|[0-9]{{2}}))?", _season),
        (rf"{FULL_YEAR}(\s*[/-]\s*(?P<until>[0-9]{{4}}))?", _years),
    )
)
