from datetime import date

import pytest

from clu_portal.accounts.rules import rights, slug_is_reserved, somebody_stays

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


@pytest.mark.parametrize(
    ("held", "counts"),
    [
        ({}, {}),
        ({2: {"referent"}, 3: {"member"}}, {2: {"referent"}, 3: {"member"}}),
        ({1: {"national_admin"}}, {1: {"national_admin"}}),
        ({1: {"national_admin", "referent"}, 2: {"referent"}}, {1: {"national_admin"}}),
        ({2: {"national_admin"}}, {}),
        ({2: {"national_admin", "agent"}}, {2: {"agent"}}),
        ({1: {"referent"}, 2: {"agent"}}, {2: {"agent"}}),
    ],
)
def test_rights_of_the_national_administration_and_of_a_prefecture_never_meet(held, counts):
    assert rights(held, national_id=1) == counts


def test_rights_of_an_account_unknown_to_the_national_administration():
    assert rights({2: {"national_admin", "agent"}}, national_id=None) == {2: {"agent"}}


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
