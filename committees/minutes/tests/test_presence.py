"""Who has the hand on a section: plain values."""

import pytest

from committees.minutes.presence import GRACE_SECONDS, LIVE_SECONDS, OpenPage, asker, carried_on, holder, is_live

NOW = 1000.0


def page(client: str, doing: str = "writes", ago: float = 20, seen_ago: float = 0, section: str = "s") -> OpenPage:
    return OpenPage(client, 1, client.title(), section, doing, NOW - ago, NOW - seen_ago)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([], None),
        ([page("anne", "here")], None),
        ([page("anne", ago=3), page("paul", ago=9)], "paul"),
        ([page("paul", ago=9), page("anne", ago=9)], "anne"),
        ([page("anne", ago=60), page("paul", "takes", ago=GRACE_SECONDS - 0.1)], "anne"),
        ([page("anne", ago=60), page("paul", "takes", ago=GRACE_SECONDS)], "paul"),
        ([page("anne", "here"), page("paul", "takes", ago=0)], "paul"),
        ([page("anne", "takes", ago=60), page("paul", "takes", ago=GRACE_SECONDS)], "paul"),
        ([page("anne", "takes", ago=60), page("paul", "takes", ago=1), page("zoé", ago=90)], "anne"),
    ],
    ids=[
        "nobody", "only_there", "first_to_write", "same_time", "asked_in_grace", "asked_long_ago", "given_at_once",
        "taken_twice", "taken_and_asked_again",
    ],
)  # fmt: skip
def test_holder(pages, expected):
    found = holder(pages, NOW)
    assert (found and found.client) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], None),
        ([page("paul", "writes", ago=1)], None),
        ([page("paul", "takes", ago=1)], "paul"),
        ([page("paul", "takes", ago=2), page("zoé", "takes", ago=1)], "zoé"),
        ([page("paul", "takes", ago=30)], None),
    ],
    ids=["nobody", "one_who_writes", "one_who_takes", "the_last", "one_who_lost_it"],
)
def test_asker(others, expected):
    anne = page("anne", ago=20)
    found = asker([anne, *others], anne)
    assert (found and found.client) == expected


@pytest.mark.parametrize(
    ("doing", "seen_ago", "expected"),
    [
        ("here", LIVE_SECONDS, True),
        ("here", LIVE_SECONDS + 0.1, False),
        ("gone", 0, False),
    ],
    ids=["just_alive", "too_long_silent", "gone"],
)
def test_is_live(doing, seen_ago, expected):
    assert is_live(page("anne", doing, seen_ago=seen_ago), NOW) is expected


@pytest.mark.parametrize(
    ("now_says", "since"),
    [
        (page("anne", "writes", ago=0), NOW - 50),
        (page("anne", "takes", ago=0), NOW),
        (page("anne", "writes", ago=0, section="other"), NOW),
    ],
    ids=["goes_on", "does_something_else", "elsewhere"],
)
def test_carried_on_since(now_says, since):
    assert carried_on(now_says, page("anne", "writes", ago=50)).since == since


def test_carried_on_of_a_new_page():
    assert carried_on(page("anne", ago=0), None).since == NOW
