from datetime import date

import pytest

from clu_portal.accounts.rules import slug_is_reserved, somebody_stays

DAY, LATER = date(2026, 11, 30), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("others", "last_day", "stays"),
    [
        ([], DAY, False),
        ([], None, True),
        ([None], DAY, True),
        ([LATER], DAY, True),
        ([DAY], DAY, False),
        ([DAY], LATER, False),
        ([DAY, None], LATER, True),
    ],
)
def test_somebody_stays(others, last_day, stays):
    assert somebody_stays(others, last_day) == stays


@pytest.mark.parametrize(("slug", "reserved"), [("compte", True), ("verifier", True), ("valmarche", False)])
def test_slug_is_reserved(slug, reserved):
    assert slug_is_reserved(slug) == reserved


def test_first_words_of_the_portal_are_reserved():
    """Every fixed first word of an address is in the list: a préfecture named so would never be reached."""
    from django.urls import get_resolver

    words = {str(pattern.pattern).partition("/")[0] for pattern in get_resolver().url_patterns}
    for pattern in get_resolver().url_patterns:
        if not str(pattern.pattern):
            words |= {str(child.pattern).partition("/")[0] for child in getattr(pattern, "url_patterns", [])}
    fixed = {word for word in words if word and "<" not in word}
    assert "compte" in fixed
    assert {word for word in fixed if not slug_is_reserved(word)} == set()
