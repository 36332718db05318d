"""Counting business days over any collection of holidays."""

from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_business_day(day: date, holidays: Container[date]) -> bool:
    """Tell whether it is a jour ouvré: Monday to Friday, neither a holiday nor a closing day."""
    return day.weekday() < SATURDAY and day not in holidays


def add_business_days(start: date, days: int, *, holidays: Container[date], counts_start: bool = False) -> date:
    """Return day `days` after `start`, which is day 0; `start` itself when `days` is 0, were it closed.

    Give a `SiteCalendar` as `holidays`: a plain set must hold the holidays of each year crossed.
    Raises ValueError when `days` is negative, OverflowError past the year 9999.
    """
    check_count(days)
    if days == 0:
        return check_day(start)
    return next(islice(_business_days_from(start, holidays, counts_start), days - 1, None))


def business_days_between(start: date, end: date, *, holidays: Container[date], counts_start: bool = False) -> int:
    """Return how many business days it took: `start` is day 0, `end` is counted if open; 0 on the same day.

    Raises ValueError when `end` comes before `start`: such a delay is an error of entry, not a good result.
    """
    if check_day(end) < check_day(start):
        raise ValueError("La fin précède le début : le délai ne peut pas être compté.")
    days = _business_days_from(start, holidays, counts_start)
    return sum(1 for _ in takewhile(lambda day: day <= end, days))


def is_in_time(done_on: date, due_on: date | None) -> bool:
    """Tell whether it was done on or before the due date; a suspended delay (None) has no due date to miss."""
    return due_on is None or check_day(done_on) <= due_on


def check_day(day: date) -> date:
    """Refuse a datetime: its day depends on a time zone, which is the caller's to choose."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"a date is expected, not {type(day).__name__}")
    return day


def check_count(days: int) -> int:
    """Refuse a negative or fractional number of days."""
    if isinstance(days, bool) or not isinstance(days, int):
        raise TypeError("a whole number of days is expected")
    if days < 0:
        raise ValueError("Le nombre de jours ne peut pas être négatif.")
    return days


def _business_days_from(start: date, holidays: Container[date], counts_start: bool) -> Iterator[date]:
    day = check_day(start) if counts_start else check_day(start) + ONE_DAY
    while True:
        if is_business_day(day, holidays):
            yield day
        day += ONE_DAY
