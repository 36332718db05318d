"""Deadlines: the vectors of domain.md §5.1, the working in French, and a brute-force counter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clu_portal.lib.business_days import DayLine, Deadline, Pause, SiteCalendar, Unit, Zone, legal_holidays

VECTORS = [
    (date(2019, 7, 12), 15, Zone.METROPOLE, False, date(2019, 8, 2)),
    (date(2025, 12, 22), 5, Zone.METROPOLE, False, date(2025, 12, 30)),
    (date(2025, 12, 22), 5, Zone.ALSACE_MOSELLE, False, date(2025, 12, 31)),
    (date(2026, 4, 1), 5, Zone.METROPOLE, False, date(2026, 4, 9)),
    (date(2026, 4, 1), 5, Zone.ALSACE_MOSELLE, False, date(2026, 4, 9)),
    (date(2026, 4, 1), 5, Zone.ALSACE_MOSELLE, True, date(2026, 4, 10)),
    (date(2026, 4, 24), 3, Zone.METROPOLE, False, date(2026, 4, 29)),
    (date(2026, 4, 24), 3, Zone.MAYOTTE, False, date(2026, 4, 30)),
    (date(2026, 5, 4), 15, Zone.METROPOLE, False, date(2026, 5, 28)),
    (date(2026, 5, 4), 15, Zone.MARTINIQUE, False, date(2026, 5, 29)),
    (date(2026, 5, 4), 15, Zone.GUADELOUPE, False, date(2026, 5, 29)),
    (date(2026, 6, 9), 3, Zone.METROPOLE, False, date(2026, 6, 12)),
    (date(2026, 6, 9), 3, Zone.GUYANE, False, date(2026, 6, 15)),
    (date(2027, 12, 17), 15, Zone.METROPOLE, False, date(2028, 1, 7)),
    (date(2027, 12, 17), 15, Zone.LA_REUNION, False, date(2028, 1, 10)),
]


@pytest.mark.parametrize(("start", "days", "zone", "good_friday", "due_on"), VECTORS)
def test_deadline_vectors_of_the_domain(start, days, zone, good_friday, due_on):
    assert Deadline(start, days, calendar=SiteCalendar(zone, good_friday)).due_on == due_on


def test_deadline_working_names_each_day():
    calendar = SiteCalendar(Zone.METROPOLE, closing_days={date(2026, 5, 15): "pont de l'Ascension"})
    pause = Pause(date(2026, 5, 18), date(2026, 5, 19), "pièce demandée")
    assert Deadline(date(2026, 5, 12), 3, calendar=calendar, pauses=[pause]).working == (
        DayLine(date(2026, 5, 12), None, "jour de départ, non compté"),
        DayLine(date(2026, 5, 13), 1),
        DayLine(date(2026, 5, 14), None, "Ascension"),
        DayLine(date(2026, 5, 15), None, "fermeture locale : pont de l'Ascension"),
        DayLine(date(2026, 5, 16), None, "samedi"),
        DayLine(date(2026, 5, 17), None, "dimanche"),
        DayLine(date(2026, 5, 18), None, "délai suspendu : pièce demandée"),
        DayLine(date(2026, 5, 19), 2),
        DayLine(date(2026, 5, 20), 3),
    )


def test_deadline_closed_day_inside_a_pause_keeps_its_own_reason():
    deadline = Deadline(date(2026, 4, 3), 1, pauses=[Pause(date(2026, 4, 4), date(2026, 4, 8))])
    assert [line.reason for line in deadline.working[1:]] == [
        "samedi",
        "dimanche",
        "lundi de Pâques",
        "délai suspendu",
        "",
    ]


def test_deadline_pause_moves_the_due_date_and_leaves_the_gross_one():
    deadline = Deadline(date(2026, 3, 2), 5, pauses=[Pause(date(2026, 3, 4), date(2026, 3, 6))])
    assert (deadline.gross_due_on, deadline.due_on) == (date(2026, 3, 9), date(2026, 3, 11))


def test_deadline_open_pause_has_no_due_date_and_nothing_is_late():
    deadline = Deadline(date(2026, 3, 2), 5, pauses=[Pause(date(2026, 3, 4))])
    assert deadline.due_on is None
    assert deadline.is_in_time(date(2030, 1, 1))
    assert deadline.working[-1] == DayLine(date(2026, 3, 4), None, "délai suspendu")
    assert deadline.gross_due_on == date(2026, 3, 9)


def test_deadline_open_pause_after_the_due_date_changes_nothing():
    deadline = Deadline(date(2026, 3, 2), 2, pauses=[Pause(date(2026, 3, 5))])
    assert deadline.due_on == date(2026, 3, 4)
    assert not deadline.is_in_time(date(2026, 3, 5))


@pytest.mark.parametrize("first_end", [date(2026, 3, 5), date(2026, 3, 10)])
def test_deadline_open_pause_overlapping_another_still_stops_the_delay(first_end):
    pauses = [Pause(date(2026, 3, 3), first_end), Pause(date(2026, 3, 4))]
    deadline = Deadline(date(2026, 3, 2), 3, pauses=pauses)
    assert deadline.due_on is None
    assert [line.rank for line in deadline.working if line.rank] == []


@pytest.mark.parametrize(
    ("start", "days", "unit", "extended", "due_on"),
    [
        (date(2026, 4, 3), 2, Unit.BUSINESS_DAY, None, date(2026, 4, 8)),
        (date(2026, 4, 3), 2, Unit.WORKING_DAY, None, date(2026, 4, 7)),
        (date(2026, 4, 2), 2, Unit.WORKING_DAY, None, date(2026, 4, 4)),
        (date(2026, 4, 2), 2, Unit.WORKING_DAY, True, date(2026, 4, 7)),
        (date(2026, 4, 3), 2, Unit.CALENDAR_DAY, None, date(2026, 4, 5)),
        (date(2026, 4, 3), 2, Unit.CALENDAR_DAY, True, date(2026, 4, 7)),
        (date(2026, 3, 2), 5, Unit.CLEAR_DAY, None, date(2026, 3, 9)),
        (date(2026, 3, 2), 5, Unit.CLEAR_DAY, False, date(2026, 3, 8)),
        (date(2026, 3, 3), 5, Unit.CLEAR_DAY, None, date(2026, 3, 9)),
        (date(2026, 3, 4), 5, Unit.CLEAR_DAY, None, date(2026, 3, 10)),
        (date(2026, 3, 2), 0, Unit.CLEAR_DAY, None, date(2026, 3, 3)),
        (date(2026, 3, 1), 0, Unit.BUSINESS_DAY, None, date(2026, 3, 1)),
        (date(2026, 3, 1), 0, Unit.CALENDAR_DAY, True, date(2026, 3, 2)),
    ],
)
def test_deadline_each_kind_of_day(start, days, unit, extended, due_on):
    assert Deadline(start, days, unit, extended=extended).due_on == due_on


def test_deadline_clear_days_working_shows_both_ends_out():
    deadline = Deadline(date(2026, 2, 27), 1, Unit.CLEAR_DAY)
    assert [(line.on.day, line.rank, line.reason) for line in deadline.working] == [
        (27, None, "jour de départ, non compté"),
        (28, 1, ""),
        (1, None, "dimanche"),
        (2, None, "jour d'échéance"),
    ]


def test_deadline_extension_skips_a_local_closing_day():
    calendar = SiteCalendar(closing_days={date(2026, 3, 9): ""})
    deadline = Deadline(date(2026, 3, 5), 2, Unit.CALENDAR_DAY, calendar, extended=True)
    assert [(line.on.day, line.rank, line.reason) for line in deadline.working[2:]] == [
        (7, 2, ""),
        (8, None, "dimanche"),
        (9, None, "fermeture locale"),
        (10, None, "jour d'échéance"),
    ]


@pytest.mark.parametrize(
    ("start", "days", "due_on"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 2)),
        (date(2026, 3, 2), 5, date(2026, 3, 6)),
        (date(2026, 3, 1), 1, date(2026, 3, 2)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_deadline_other_convention_counts_the_day_of_receipt(start, days, due_on):
    assert Deadline(start, days, counts_start=True).due_on == due_on


def test_deadline_starting_on_a_closed_day_counts_from_the_next():
    assert Deadline(date(2026, 8, 15), 1).due_on == date(2026, 8, 17)


def test_deadline_far_years():
    assert Deadline(date(9998, 12, 24), 5).due_on == date(9999, 1, 4)
    with pytest.raises(OverflowError):
        _ = Deadline(date(9999, 12, 30), 10).due_on


def test_deadline_closing_day_added_later_recomputes_later():
    before = Deadline(date(2026, 3, 2), 3).due_on
    after = Deadline(date(2026, 3, 2), 3, calendar=SiteCalendar(closing_days={date(2026, 3, 3): "inventaire"})).due_on
    assert (before, after) == (date(2026, 3, 5), date(2026, 3, 6))


def test_pause_ending_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="suspension"):
        Pause(date(2026, 3, 5), date(2026, 3, 4))


def test_site_calendar_good_friday_outside_alsace_moselle_is_refused():
    with pytest.raises(ValueError, match="Alsace-Moselle"):
        SiteCalendar(Zone.GUYANE, good_friday=True)


starts = st.dates(date(2000, 1, 1), date(2100, 12, 31))
intervals = st.lists(st.tuples(st.integers(-5, 50), st.integers(0, 15)), max_size=4)


def brute_force_due_on(start, days, unit, zone, closing, pauses, counts_start):
    """Build the list of all days, strike out those that do not count, take the one wanted."""
    window = [start + timedelta(offset) for offset in range(0 if counts_start else 1, 400)]
    last_weekday = {Unit.BUSINESS_DAY: 5, Unit.WORKING_DAY: 6, Unit.CALENDAR_DAY: 7}[unit]
    window = [day for day in window if day.isoweekday() <= last_weekday]
    if unit != Unit.CALENDAR_DAY:
        legal = {holiday.on for year in range(start.year, start.year + 3) for holiday in legal_holidays(year, zone)}
        window = [day for day in window if day not in legal and day not in closing]
    for pause_start, pause_end in pauses:
        window = [day for day in window if not pause_start <= day < pause_end]
    return window[days - 1] if days else start


@given(
    start=starts,
    days=st.integers(0, 60),
    unit=st.sampled_from([Unit.BUSINESS_DAY, Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
    zone=st.sampled_from(Zone.values),
    closing=st.sets(st.integers(0, 90), max_size=12),
    spans=intervals,
    counts_start=st.booleans(),
)
def test_deadline_agrees_with_brute_force(start, days, unit, zone, closing, spans, counts_start):
    closing_days = {start + timedelta(offset): "fermé" for offset in closing}
    pauses = [(start + timedelta(first), start + timedelta(first + length)) for first, length in spans]
    deadline = Deadline(
        start,
        days,
        unit,
        SiteCalendar(zone, closing_days=closing_days),
        [Pause(*pause) for pause in pauses],
        counts_start,
    )
    assert deadline.due_on == brute_force_due_on(start, days, unit, zone, closing_days, pauses, counts_start)


@given(start=starts, days=st.integers(0, 40), unit=st.sampled_from(Unit.values), counts_start=st.booleans())
def test_deadline_working_holds_every_day_once_and_ranks_in_order(start, days, unit, counts_start):
    lines = Deadline(start, days, unit, counts_start=counts_start).working
    assert [line.on for line in lines] == [start + timedelta(offset) for offset in range(len(lines))]
    assert [line.rank for line in lines if line.rank] == list(range(1, days + 1))
    assert all(bool(line.reason) == (line.rank is None) for line in lines)


@given(start=starts, days=st.integers(0, 40))
def test_deadline_clear_days_leaves_that_many_whole_days_between(start, days):
    plain = Deadline(start, days, Unit.CLEAR_DAY, extended=False).due_on
    assert (plain - start).days - 1 == days
    extended = Deadline(start, days, Unit.CLEAR_DAY).due_on
    assert extended >= plain
    assert extended.isoweekday() <= 5
