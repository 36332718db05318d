"""The legal list against the official names, and against the library `holidays` as an independent witness."""

from datetime import date

import holidays as library
import pytest
from dateutil.easter import easter

from clu_portal.lib.business_days import Zone, legal_holidays
from clu_portal.lib.business_days.legal_holidays import easter_sunday

CODES = {
    Zone.METROPOLE: None,
    Zone.ALSACE_MOSELLE: "6AE",
    Zone.GUADELOUPE: "971",
    Zone.MARTINIQUE: "972",
    Zone.GUYANE: "973",
    Zone.LA_REUNION: "974",
    Zone.MAYOTTE: "976",
    Zone.SAINT_BARTHELEMY: "BL",
    Zone.SAINT_MARTIN: "MF",
    Zone.SAINT_PIERRE_ET_MIQUELON: "PM",
    Zone.POLYNESIE_FRANCAISE: None,
    Zone.NOUVELLE_CALEDONIE: None,
    Zone.WALLIS_ET_FUTUNA: None,
}
USAGE_ONLY = {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"}


def of_library(year: int, zone: Zone) -> set[date]:
    """The days the library lists, less those that are usage; its Saint-Martin put right before 2018."""
    code = "971" if zone == Zone.SAINT_MARTIN and year < 2018 else CODES[zone]
    listed = library.country_holidays("FR", subdiv=code, years=year, language="fr")
    return {day for day, names in listed.items() if not set(names.split("; ")) <= USAGE_ONLY}


@pytest.mark.parametrize("zone", Zone)
def test_legal_holidays_agree_with_the_library_less_its_known_differences(zone):
    for year in range(2012, 2101):
        assert {holiday.on for holiday in legal_holidays(year, zone)} == of_library(year, zone), year


def test_easter_sunday_agrees_with_dateutil_in_every_gregorian_year():
    assert [easter_sunday(year) for year in range(1583, 10000)] == [easter(year) for year in range(1583, 10000)]


def test_legal_holidays_whit_monday_is_kept_where_the_library_drops_it():
    listed = library.country_holidays("FR", years=2006)
    assert date(2006, 6, 5) not in listed
    assert date(2006, 6, 5) in {holiday.on for holiday in legal_holidays(2006, Zone.METROPOLE)}


def test_legal_holidays_metropole_are_the_eleven_in_order():
    assert [(holiday.on.isoformat()[5:], holiday.name) for holiday in legal_holidays(2026, Zone.METROPOLE)] == [
        ("01-01", "jour de l'an"),
        ("04-06", "lundi de Pâques"),
        ("05-01", "fête du Travail"),
        ("05-08", "victoire de 1945"),
        ("05-14", "Ascension"),
        ("05-25", "lundi de Pentecôte"),
        ("07-14", "fête nationale"),
        ("08-15", "Assomption"),
        ("11-01", "Toussaint"),
        ("11-11", "armistice de 1918"),
        ("12-25", "Noël"),
    ]


@pytest.mark.parametrize(
    ("zone", "year", "added"),
    [
        (Zone.ALSACE_MOSELLE, 2026, ["12-26"]),
        (Zone.MAYOTTE, 2026, ["04-27"]),
        (Zone.MARTINIQUE, 2026, ["05-22"]),
        (Zone.GUADELOUPE, 2026, ["05-27"]),
        (Zone.GUYANE, 2026, ["06-10"]),
        (Zone.SAINT_BARTHELEMY, 2026, ["10-09"]),
        (Zone.SAINT_MARTIN, 2017, ["05-27"]),
        (Zone.SAINT_MARTIN, 2018, ["05-28"]),
        (Zone.LA_REUNION, 2026, ["12-20"]),
        (Zone.SAINT_PIERRE_ET_MIQUELON, 2026, []),
        (Zone.POLYNESIE_FRANCAISE, 2026, []),
        (Zone.NOUVELLE_CALEDONIE, 2026, []),
        (Zone.WALLIS_ET_FUTUNA, 2026, []),
    ],
)
def test_legal_holidays_zone_adds_only_its_own(zone, year, added):
    national = set(legal_holidays(year, Zone.METROPOLE))
    own = [holiday for holiday in legal_holidays(year, zone) if holiday not in national]
    assert [holiday.on.isoformat()[5:] for holiday in own] == added


def test_legal_holidays_good_friday_is_a_flag_of_the_site():
    without = set(legal_holidays(2026, Zone.ALSACE_MOSELLE))
    added = set(legal_holidays(2026, Zone.ALSACE_MOSELLE, good_friday=True)) - without
    assert [(holiday.on, holiday.name) for holiday in added] == [(date(2026, 4, 3), "Vendredi saint")]


@pytest.mark.parametrize("zone", [zone for zone in Zone if zone != Zone.ALSACE_MOSELLE])
def test_legal_holidays_good_friday_elsewhere_is_refused(zone):
    with pytest.raises(ValueError, match="Alsace-Moselle"):
        legal_holidays(2026, zone, good_friday=True)


def test_legal_holidays_two_on_one_day_are_both_named():
    assert [holiday.name for holiday in legal_holidays(2008, Zone.METROPOLE) if holiday.on == date(2008, 5, 1)] == [
        "Ascension",
        "fête du Travail",
    ]


@pytest.mark.parametrize("zone", Zone)
def test_legal_holidays_each_has_a_source(zone):
    assert all(holiday.source for year in (2017, 2026) for holiday in legal_holidays(year, zone))
