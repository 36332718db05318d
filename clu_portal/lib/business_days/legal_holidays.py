"""The legal holidays of each zone, with their source; exactly the list of domain.md §5.1 (read in November 2026).

Computed here and not taken from the library `holidays`, which adds days that are usage (Good Friday in all of
Alsace-Moselle and in the Antilles, Mi-Carême, 21 July), drops Whit Monday from 2005 to 2007, puts 28 May in
Saint-Martin before 2018 and knows nothing after 2100: the filter would be longer than the list, and would rest on its
wording. The tests compare the two, year by year and zone by zone, so that each difference is one we have written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .zones import Zone

NATIONAL_SOURCE = "Code du travail, article L. 3133-1"
LOCAL_LAW_SOURCE = "Ordonnance du 16 août 1892 (droit local d'Alsace-Moselle)"
ABOLITION_SOURCE = "Loi n° 83-550 du 30 juin 1983 et décret n° 83-1003 du 23 novembre 1983"
ISLANDS_SOURCE = "Décret n° 83-1003 du 23 novembre 1983, modifié par le décret n° 2012-553 du 23 avril 2012"
SAINT_MARTIN_SOURCE = "Calendrier officiel des jours fériés (Etalab), depuis 2018"

FIXED = (
    (1, 1, "jour de l'an"),
    (5, 1, "fête du Travail"),
    (5, 8, "victoire de 1945"),
    (7, 14, "fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "armistice de 1918"),
    (12, 25, "Noël"),
)
DAYS_AFTER_EASTER = ((1, "lundi de Pâques"), (39, "Ascension"), (50, "lundi de Pentecôte"))
ABOLITION_OF_SLAVERY = {
    Zone.MAYOTTE: (4, 27, ABOLITION_SOURCE),
    Zone.MARTINIQUE: (5, 22, ABOLITION_SOURCE),
    Zone.GUADELOUPE: (5, 27, ABOLITION_SOURCE),
    Zone.GUYANE: (6, 10, ABOLITION_SOURCE),
    Zone.SAINT_BARTHELEMY: (10, 9, ISLANDS_SOURCE),
    Zone.LA_REUNION: (12, 20, ABOLITION_SOURCE),
}
SAINT_MARTIN_28_MAY_SINCE = 2018


@dataclass(frozen=True, order=True)
class Holiday:
    """One legal holiday: its day, its name and the text it comes from, in French."""

    on: date
    name: str
    source: str


@lru_cache(maxsize=512)
def legal_holidays(year: int, zone: Zone, good_friday: bool = False) -> tuple[Holiday, ...]:
    """Return the legal holidays of the year, in order; two may fall on one day (1 May 2008 was also Ascension).

    The law of today is applied to every year, Saint-Martin excepted. `good_friday` tells a site in a commune with a
    Protestant or shared church. Raises ValueError when it is set outside Alsace-Moselle.
    """
    zone = Zone(zone)
    if good_friday and zone != Zone.ALSACE_MOSELLE:
        raise ValueError("Le Vendredi saint n'est férié qu'en Alsace-Moselle.")
    return tuple(sorted([*_national(year), *_of_zone(year, zone, good_friday)]))


def easter_sunday(year: int) -> date:
    """Return Easter in the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _national(year: int) -> Iterator[Holiday]:
    easter = easter_sunday(year)
    for month, day, name in FIXED:
        yield Holiday(date(year, month, day), name, NATIONAL_SOURCE)
    for days, name in DAYS_AFTER_EASTER:
        yield Holiday(easter + timedelta(days=days), name, NATIONAL_SOURCE)


def _of_zone(year: int, zone: Zone, good_friday: bool) -> Iterator[Holiday]:
    if zone == Zone.ALSACE_MOSELLE:
        yield Holiday(date(year, 12, 26), "Saint-Étienne", LOCAL_LAW_SOURCE)
    if good_friday:
        yield Holiday(easter_sunday(year) - timedelta(days=2), "Vendredi saint", LOCAL_LAW_SOURCE)
    if zone == Zone.SAINT_MARTIN:
        month, day, source = _saint_martin(year)
        yield Holiday(date(year, month, day), "abolition de l'esclavage", source)
    if zone in ABOLITION_OF_SLAVERY:
        month, day, source = ABOLITION_OF_SLAVERY[zone]
        yield Holiday(date(year, month, day), "abolition de l'esclavage", source)


def _saint_martin(year: int) -> tuple[int, int, str]:
    if year < SAINT_MARTIN_28_MAY_SINCE:
        return (5, 27, ISLANDS_SOURCE)
    return (5, 28, SAINT_MARTIN_SOURCE)
