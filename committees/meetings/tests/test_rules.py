from datetime import date

import pytest

from committees.meetings.enums import MeetingState
from committees.meetings.rules import may_be_held, may_become

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
