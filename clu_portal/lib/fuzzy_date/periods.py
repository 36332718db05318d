"""The first and last day of months, quarters, seasons and years, and their French names."""

from datetime import date, timedelta

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SEASON_STARTS = {"printemps": (3, 20), "été": (6, 21), "automne": (9, 22), "hiver": (12, 21)}
ONE_DAY = timedelta(days=1)

Bounds = tuple[date, date]


def months_from(year: int, month: int, count: int = 1) -> Bounds:
    """Return the bounds of `count` months from that one; raises ValueError on an impossible month or year."""
    following_year, following_month = divmod(year * 12 + month - 1 + count, 12)
    last = date(following_year, following_month + 1, 1) - ONE_DAY if following_year < 10000 else date.max
    return date(year, month, 1), last


def quarter_of(year: int, quarter: int) -> Bounds:
    return months_from(year, 3 * quarter - 2, 3)


def half_of(year: int, half: int) -> Bounds:
    return months_from(year, 6 * half - 5, 6)


def year_of(year: int) -> Bounds:
    return months_from(year, 1, 12)


def season_of(year: int, season: str) -> Bounds:
    """Return the astronomical season, within a day or two; a winter bears the year of its December."""
    names = list(SEASON_STARTS)
    following = names[(names.index(season) + 1) % len(names)]
    end_year = year + 1 if season == "hiver" else year
    return date(year, *SEASON_STARTS[season]), date(end_year, *SEASON_STARTS[following]) - ONE_DAY


def day_label(day: date) -> str:
    """Return « 1er janvier 2023 », « 15 janvier 2023 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"
