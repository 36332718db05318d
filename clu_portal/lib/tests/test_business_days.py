"""Counting over plain sets of holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clu_portal.lib.business_days import SiteCalendar, Zone, add_business_days, business_days_between, is_in_time

starts = st.dates(date(1990, 1, 1), date(2200, 12, 31))
days_off = st.sets(st.integers(0, 60), max_size=25)


def brute_force_nth(start: date, n: int, holidays: set[date], counts_start: bool) -> date:
    """Walk day after day and count by hand, with the names of the days of the week."""
    day = start - timedelta(1) if counts_start else start
    while n:
        day += timedelta(1)
        if day.strftime("%a") not in ("Sat", "Sun") and day not in holidays:
            n -= 1
    return day


@given(start=starts, n=st.integers(1, 60), off=days_off, counts_start=st.booleans())
def test_add_business_days_agrees_with_brute_force(start, n, off, counts_start):
    holidays = {start + timedelta(offset) for offset in off}
    found = add_business_days(start, n, holidays=holidays, counts_start=counts_start)
    assert found == brute_force_nth(start, n, holidays, counts_start)


@given(start=starts, n=st.integers(0, 60), off=days_off)
def test_business_days_between_undoes_add_business_days(start, n, off):
    holidays = {start + timedelta(offset) for offset in off}
    due_on = add_business_days(start, n, holidays=holidays)
    assert business_days_between(start, due_on, holidays=holidays) == n


@given(start=starts, span=st.integers(0, 400), off=days_off, counts_start=st.booleans())
def test_business_days_between_agrees_with_a_plain_count(start, span, off, counts_start):
    holidays = {start + timedelta(offset) for offset in off}
    window = [start + timedelta(offset) for offset in range(0 if counts_start else 1, span + 1)]
    expected = len([day for day in window if day.isoweekday() <= 5 and day not in holidays])
    end = start + timedelta(span)
    assert business_days_between(start, end, holidays=holidays, counts_start=counts_start) == expected


def test_add_business_days_zero_is_the_start_were_it_closed():
    sunday = date(2026, 3, 1)
    assert add_business_days(sunday, 0, holidays=set()) == sunday


def test_add_business_days_takes_a_site_calendar_across_the_year():
    friday = date(2027, 12, 17)
    assert add_business_days(friday, 15, holidays=SiteCalendar(Zone.LA_REUNION)) == date(2028, 1, 10)


def test_business_days_between_from_a_closed_day_starts_on_the_next():
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    assert business_days_between(saturday, monday, holidays=set()) == 1


def test_business_days_between_end_before_start_is_refused():
    with pytest.raises(ValueError, match="précède"):
        business_days_between(date(2026, 3, 2), date(2026, 3, 1), holidays=set())


@pytest.mark.parametrize("days", [-1, 1.5, True, "3"])
def test_add_business_days_odd_count_is_refused(days):
    with pytest.raises((ValueError, TypeError)):
        add_business_days(date(2026, 3, 2), days, holidays=set())


def test_add_business_days_datetime_is_refused():
    with pytest.raises(TypeError):
        add_business_days(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), 1, holidays=set())


def test_add_business_days_past_the_last_year_raises():
    with pytest.raises(OverflowError):
        add_business_days(date(9999, 12, 30), 5, holidays=set())


@pytest.mark.parametrize(
    ("done_on", "due_on", "expected"),
    [
        (date(2026, 5, 27), date(2026, 5, 28), True),
        (date(2026, 5, 28), date(2026, 5, 28), True),
        (date(2026, 5, 29), date(2026, 5, 28), False),
        (date(2026, 5, 29), None, True),
    ],
)
def test_is_in_time_on_or_before_the_due_date(done_on, due_on, expected):
    assert is_in_time(done_on, due_on) is expected
