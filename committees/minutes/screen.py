"""The text of minutes as a page."""

from django.core.cache import caches

from committees.minutes.facts import printed_facts
from committees.minutes.models import Minutes
from committees.minutes.text import contents
from committees.minutes.tree.draw import draw
from committees.minutes.tree.outline import Line, outline, two_levels
from committees.minutes.tree.remaining import Point, remaining

Page = tuple[str, list[tuple[Line, list[Line]]], list[Point]]


def on_screen(minutes: Minutes) -> Page:
    """Return the text drawn, its table of contents of two levels, and what remains to look at while it is drafted.

    A frozen text is drawn once per process. What is kept is named by the hash of the text and of its facts: it can be
    no other text, nor an older one. The préfecture stands beside the hash, so that nothing kept for one is ever shown
    in another.
    """
    if not minutes.text_hash:
        return _drawn(minutes)
    name = f"{minutes.prefecture_id}:{minutes.text_hash}"
    return caches["drawings"].get_or_set(name, lambda: _drawn(minutes))


def _drawn(minutes: Minutes) -> Page:
    sections, facts = contents(minutes), printed_facts(minutes)
    points = remaining(sections, facts) if minutes.is_drafting else []
    return draw(sections, facts, "screen"), two_levels(outline(sections, facts)), points
