from datetime import date
from decimal import Decimal

import pytest

from committees.composition import rules

TODAY = date(2026, 11, 22)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "asked", "expected"),
    [
        ("2026-03-01", None, "2026-02-28", False),
        ("2026-03-01", None, "2026-03-01", True),
        (None, "2026-06-30", "2026-06-30", True),
        (None, "2026-06-30", "2026-07-01", False),
        (None, None, "1900-01-01", True),
        ("2026-03-01", "2026-03-01", "2026-03-01", True),
    ],
)
def test_is_in_force_first_and_last_day_included(starts_on, ends_on, asked, expected):
    assert rules.is_in_force(day(starts_on), day(ends_on), day(asked)) is expected


@pytest.mark.parametrize(
    ("basis", "has_full_member", "expected"),
    [
        ("designated", False, True),
        ("designated", True, False),
        ("elected", False, True),
        ("qualified", False, True),
        ("by_office", False, False),
    ],
)
def test_is_vacant_unless_somebody_sits_by_office(basis, has_full_member, expected):
    assert rules.is_vacant(basis, has_full_member=has_full_member) is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2019-12-31", "CLU"),
        ("2020-01-01", "CLU"),
        ("2020-01-02", "CLU de la Valmarche"),
        ("2022-06-30", "CLU de la Valmarche"),
        ("2022-07-01", "CLUAC de la Valmarche"),
    ],
)
def test_name_on_is_the_former_one_until_its_last_day(asked, expected):
    former = [("CLU de la Valmarche", date(2022, 6, 30)), ("CLU", date(2020, 1, 1))]
    assert rules.name_on(day(asked), name="CLUAC de la Valmarche", former_names=former) == expected


@pytest.mark.parametrize(
    ("came", "counted", "expected"),
    [(0, 0, None), (0, 3, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (3, 3, "100.0")],
)
def test_rate_pct_is_rounded_once_and_missing_is_not_zero(came, counted, expected):
    assert rules.rate_pct(came, counted) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize(
    ("ends_on", "expected"),
    [
        (None, False),
        ("2026-11-21", False),
        ("2026-11-22", True),
        ("2027-02-20", True),
        ("2027-02-21", False),
    ],
)
def test_ends_soon_within_90_days(ends_on, expected):
    assert rules.ends_soon(day(ends_on), today=TODAY) is expected


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ([], False),
        ([False], False),
        ([False, False], True),
        ([False, True], False),
        ([True, False], False),
        ([False, False, True], True),
    ],
)
def test_missed_the_last_meetings_takes_two(came, expected):
    assert rules.missed_the_last_meetings(came) is expected


@pytest.mark.parametrize(
    ("asked", "months", "expected"),
    [
        ("2026-11-22", 10, "2026-01-22"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2026-12-31", 12, "2025-12-31"),
        ("2026-05-31", 6, "2025-11-30"),
    ],
)
def test_months_before(asked, months, expected):
    assert rules.months_before(day(asked), months) == day(expected)


@pytest.mark.parametrize(
    ("last_on", "next_on", "expected"),
    [
        ("2026-01-23", None, False),
        ("2026-01-22", None, True),
        ("2026-01-22", "2026-11-22", False),
        ("2020-01-01", None, True),
    ],
)
def test_long_without_meeting_for_ten_months(last_on, next_on, expected):
    assert rules.long_without_meeting(day(last_on), day(next_on), months=10, today=TODAY) is expected
