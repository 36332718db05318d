from datetime import date

import pytest

from committees.meetings.enums import MeetingState
from committees.meetings.rules import (
    closes_now,
    comes_before_the_meeting,
    may_be_held,
    may_become,
    session_goes_on,
    state_in_words,
    why_it_stays,
)

ALLOWED = {
    ("prepared", "convened"),
    ("prepared", "held"),
    ("prepared", "cancelled"),
    ("prepared", "postponed"),
    ("convened", "held"),
    ("convened", "cancelled"),
    ("convened", "postponed"),
}


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize("next_state", MeetingState.values)
def test_I10_may_become_follows_the_life_of_a_meeting(state, next_state):
    assert may_become(state, next_state) is ((state, next_state) in ALLOWED)


@pytest.mark.parametrize(
    ("held_on", "accepted"),
    [(date(2026, 3, 19), True), (date(2026, 3, 20), True), (date(2026, 3, 21), False), (None, True)],
)
def test_may_be_held_on_its_day_or_later(held_on, accepted):
    assert may_be_held(held_on, today=date(2026, 3, 20)) is accepted


@pytest.mark.parametrize(
    ("second", "held_on", "accepted"),
    [
        (date(2026, 3, 19), date(2026, 3, 20), True),
        (date(2026, 3, 20), date(2026, 3, 20), True),
        (date(2026, 3, 21), date(2026, 3, 20), False),
        (date(2026, 3, 21), None, True),
        (None, date(2026, 3, 20), True),
        (None, None, True),
    ],
)
def test_second_convocation_comes_on_the_day_of_the_meeting_at_the_latest(second, held_on, accepted):
    assert comes_before_the_meeting(second, held_on) is accepted


@pytest.mark.parametrize(
    ("state", "opened", "closed", "said"),
    [
        ("prepared", False, False, "préparée"),
        ("prepared", True, False, "séance ouverte"),
        ("prepared", True, True, "séance close"),
        ("convened", False, False, "convoquée"),
        ("convened", True, False, "séance ouverte"),
        ("convened", True, True, "séance close"),
        ("held", True, False, "tenue"),
        ("held", True, True, "tenue"),
        ("cancelled", True, True, "annulée"),
        ("postponed", True, False, "reportée"),
    ],
)
def test_state_in_words_follows_the_session_until_the_meeting_is_noted_as_held(state, opened, closed, said):
    assert state_in_words(state, opened=opened, closed=closed) == said


@pytest.mark.parametrize("state", MeetingState.values)
@pytest.mark.parametrize(("opened", "closed"), [(False, False), (True, False), (True, True)])
def test_session_goes_on_until_it_closes_or_the_meeting_is_over(state, opened, closed):
    still = opened and not closed and state in ("prepared", "convened")
    assert session_goes_on(state, opened=opened, closed=closed) is still


@pytest.mark.parametrize(
    ("held_on", "opened_on", "now"),
    [
        (date(2026, 3, 20), date(2026, 3, 20), True),
        (date(2026, 3, 19), date(2026, 3, 19), False),
        (date(2026, 3, 19), date(2026, 3, 20), False),
        (date(2026, 3, 20), date(2026, 3, 19), True),
        (None, date(2026, 3, 20), True),
        (None, date(2026, 3, 19), False),
    ],
)
def test_noting_a_meeting_as_held_closes_its_session_now_on_its_day_only(held_on, opened_on, now):
    assert closes_now(held_on, opened_on, today=date(2026, 3, 20)) is now


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("prepared", "est convoquée : annulez-la ou reportez-la,"),
        ("convened", "est convoquée : annulez-la ou reportez-la,"),
        ("held", "a été convoquée, puis tenue :"),
        ("cancelled", "a été convoquée, puis annulée :"),
        ("postponed", "a été convoquée, puis reportée :"),
    ],
)
def test_why_it_stays_says_what_became_of_the_meeting(state, said):
    assert why_it_stays(state) == f"Cette réunion {said} elle reste inscrite."
