"""A frozen text is drawn once, and what is kept never shows elsewhere."""

import pytest
from django.core.cache import caches

from clu_portal.tenancy import scope
from clu_portal.tests.factories import PrefectureFactory
from committees.minutes import acts
from committees.minutes.models import Minutes
from committees.minutes.screen import on_screen
from committees.tests.factories import (
    AgendaItemFactory,
    drafted_minutes,
    referent,
    secretary_general,
    submitted_minutes,
)


@pytest.fixture(autouse=True)
def _nothing_drawn():
    caches["drawings"].clear()


@pytest.fixture
def minutes(prefecture):
    """Minutes submitted, with the one heading its agenda gives."""
    return submitted_minutes(AgendaItemFactory().meeting)


def test_frozen_text_is_drawn_once(minutes, count_queries):
    drawn = on_screen(minutes)
    assert "<section" in drawn[0]
    assert count_queries(lambda: on_screen(minutes)) == 0
    assert on_screen(Minutes.objects.get(pk=minutes.pk)) == drawn


def test_text_being_drafted_is_drawn_each_time(prefecture, count_queries):
    minutes = drafted_minutes()
    assert count_queries(lambda: on_screen(minutes)) == count_queries(lambda: on_screen(minutes)) > 0


def test_text_returned_is_drawn_from_its_sections_again(minutes, count_queries):
    on_screen(minutes)
    minutes = acts.return_minutes(minutes=minutes, reason="Complétez le point 2.", by=secretary_general())
    assert count_queries(lambda: on_screen(minutes)) > 0


def test_same_hash_in_another_prefecture_is_not_the_same_drawing(minutes):
    drawn = on_screen(minutes)
    with scope(PrefectureFactory().pk):
        stranger = drafted_minutes(by=referent())
        stranger.text_hash = minutes.text_hash
        assert on_screen(stranger) != drawn
