from datetime import time

import pytest

from committees.meetings.quorum import (
    Rules,
    Sitter,
    fraction_in_words,
    proxy_refusal,
    quorum,
    quorum_in_words,
    rule_in_words,
    seats_needed,
    vote_in_words,
    vote_result,
    was_there,
)

HALF = Rules(has_quorum=True)
THIRD = Rules(has_quorum=True, quorum_denominator=3)


@pytest.mark.parametrize(
    ("seats", "rules", "needed"),
    [
        (14, HALF, 7),
        (15, HALF, 8),
        (16, HALF, 8),
        (1, HALF, 1),
        (14, THIRD, 5),
        (15, THIRD, 5),
        (16, THIRD, 6),
        (14, Rules(quorum_is_strict=True), 8),
        (15, Rules(quorum_is_strict=True), 8),
        (16, Rules(quorum_is_strict=True), 9),
        (15, Rules(quorum_denominator=3, quorum_is_strict=True), 6),
        (14, Rules(quorum_denominator=3, quorum_is_strict=True), 5),
        (10, Rules(quorum_numerator=2, quorum_denominator=3), 7),
        (9, Rules(quorum_numerator=2, quorum_denominator=3), 6),
        (5, Rules(quorum_numerator=1, quorum_denominator=1), 5),
    ],
)
def test_seats_needed_on_both_sides(seats, rules, needed):
    assert seats_needed(seats, rules) == needed


def present(count: int) -> list[Sitter]:
    return [Sitter(pk=n, seats={n}, status="present") for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("seats", "came", "rules", "met"),
    [
        (15, 7, HALF, False),
        (15, 8, HALF, True),
        (14, 6, HALF, False),
        (14, 7, HALF, True),
        (15, 4, THIRD, False),
        (15, 5, THIRD, True),
        (14, 4, THIRD, False),
        (14, 5, THIRD, True),
        (14, 0, Rules(), True),
        (0, 0, HALF, False),
    ],
)
def test_quorum_on_both_sides_of_one_half_and_one_third(seats, came, rules, met):
    state = quorum(present(came), range(1, seats + 1), rules)
    assert (state.is_met, state.may_decide) == (met, met)


@pytest.mark.parametrize(
    ("lifts", "second", "may_decide"),
    [(False, False, False), (True, False, False), (False, True, False), (True, True, True)],
)
def test_second_convocation_lifts_the_quorum_where_the_rule_says_so(lifts, second, may_decide):
    rules = Rules(has_quorum=True, second_convocation_lifts=lifts)
    state = quorum(present(1), range(1, 11), rules, second_convocation=second)
    assert (state.is_met, state.may_decide) == (False, may_decide)


def test_quorum_counts_a_seat_once_and_only_those_of_the_committee():
    twice = [Sitter(pk=1, seats={1}, status="present"), Sitter(pk=2, seats={1}, status="represented")]
    elsewhere = [Sitter(pk=3, seats={99}, status="present"), Sitter(pk=4, seats=frozenset(), status="present")]
    assert quorum([*twice, *elsewhere], [1, 2, 3, 4], HALF).counted == 1


@pytest.mark.parametrize(
    ("status", "counts"),
    [("present", 1), ("represented", 1), ("excused", 0), ("absent", 0), ("expected", 0)],
)
def test_quorum_counts_who_came(status, counts):
    assert quorum([Sitter(pk=1, seats={1}, status=status)], [1, 2], HALF).counted == counts


@pytest.mark.parametrize(
    ("has_proxies", "count", "counted"), [(False, False, 1), (False, True, 1), (True, False, 1), (True, True, 2)]
)
def test_proxies_count_or_not_according_to_the_rule(has_proxies, count, counted):
    sitters = [Sitter(pk=1, seats={1}, status="present"), Sitter(pk=2, seats={2}, status="excused", proxy_to=1)]
    rules = Rules(has_quorum=True, has_proxies=has_proxies, proxies_count=count)
    state = quorum(sitters, [1, 2, 3, 4], rules)
    assert (state.proxies, state.counted) == (1, counted)


def test_proxy_held_by_somebody_who_left_is_lost():
    holder = Sitter(pk=1, seats={1}, status="present", left_at=time(15))
    giver = Sitter(pk=2, seats={2}, status="excused", proxy_to=1)
    rules = Rules(has_quorum=True, has_proxies=True, proxies_count=True)
    found = [quorum([holder, giver], [1, 2], rules, at=at).counted for at in (time(14, 59), time(15))]
    assert found == [2, 0]


@pytest.mark.parametrize(
    ("at", "item", "there"),
    [
        (None, None, True),
        (time(14, 44), None, False),
        (time(14, 45), None, True),
        (time(15, 59), None, True),
        (time(16), None, False),
        (None, 7, False),
        (None, 8, True),
        (time(15), 7, False),
    ],
)
def test_was_there_between_arrival_and_departure(at, item, there):
    sitter = Sitter(
        pk=1, seats={1}, status="present", arrived_at=time(14, 45), left_at=time(16), missed=frozenset({7})
    )
    assert was_there(sitter, at, item) is there


PROXIES = Rules(has_proxies=True, proxies_per_holder=2)
GIVER, HOLDER = Sitter(pk=1, seats={1}, status="excused"), Sitter(pk=2, seats={2}, status="present")


@pytest.mark.parametrize(
    ("giver", "holder", "held", "rules", "code"),
    [
        (GIVER, HOLDER, 0, PROXIES, ""),
        (GIVER, HOLDER, 1, PROXIES, ""),
        (GIVER, HOLDER, 2, PROXIES, "too_many_proxies"),
        (GIVER, HOLDER, 0, Rules(), "proxies_off"),
        (Sitter(pk=1, seats=frozenset(), status="excused"), HOLDER, 0, PROXIES, "proxy_without_seat"),
        (Sitter(pk=1, seats={1}, status="present"), HOLDER, 0, PROXIES, "proxy_of_somebody_present"),
        (GIVER, Sitter(pk=2, seats={2}, status="excused"), 0, PROXIES, "proxy_to_somebody_away"),
        (GIVER, Sitter(pk=2, seats=frozenset(), status="present"), 0, PROXIES, "proxy_to_somebody_away"),
    ],
)
def test_proxy_is_given_or_refused(giver, holder, held, rules, code):
    assert proxy_refusal(giver, holder, held, rules) == code


CASTING = Rules(has_votes=True, chair_casts=True)


@pytest.mark.parametrize(
    ("counts", "voice", "rules", "result"),
    [
        ((5, 4), "", CASTING, "adopted"),
        ((4, 5), "for", CASTING, "rejected"),
        ((5, 5), "for", CASTING, "adopted_chair"),
        ((5, 5), "against", CASTING, "rejected_chair"),
        ((5, 5), "", CASTING, "tied"),
        ((5, 5), "for", Rules(has_votes=True), "tied"),
        ((0, 0), "for", CASTING, "tied"),
        ((1, 0), "", CASTING, "adopted"),
    ],
)
def test_vote_result_by_majority_then_by_the_chair(counts, voice, rules, result):
    assert vote_result(*counts, voice, rules) == result


@pytest.mark.parametrize(("against", "result"), [(0, "adopted"), (1, "rejected")])
def test_consensus_needs_no_count_and_nobody_against(against, result):
    assert vote_result(0, against, "", CASTING, by_consensus=True) == result


@pytest.mark.parametrize(
    ("numbers", "strict", "words"),
    [
        ((1, 2), False, "la moitié au moins"),
        ((1, 2), True, "plus de la moitié"),
        ((1, 3), False, "le tiers au moins"),
        ((1, 3), True, "plus du tiers"),
        ((2, 3), True, "plus des deux tiers"),
        ((3, 5), False, "les 3/5 au moins"),
        ((3, 5), True, "plus des 3/5"),
    ],
)
def test_fraction_in_words(numbers, strict, words):
    rules = Rules(quorum_numerator=numbers[0], quorum_denominator=numbers[1], quorum_is_strict=strict)
    assert fraction_in_words(rules) == words


def test_rule_in_words_says_what_is_on_only():
    assert rule_in_words(Rules()) == ""
    everything = Rules(
        has_quorum=True, second_convocation_lifts=True, has_proxies=True, has_votes=True, chair_casts=True
    )
    assert rule_in_words(everything) == (
        "Le quorum est atteint quand la moitié au moins des sièges pourvus sont occupés. "
        "Les pouvoirs ne comptent pas dans le quorum. "
        "Après une seconde convocation, le comité délibère sans condition de quorum. "
        "Une personne présente détient 1 pouvoir au plus. "
        "Les avis sont rendus à la majorité des voix exprimées. "
        "En cas de partage, la voix de la présidence est prépondérante."
    )
    assert Rules(has_quorum=True, rule_text=" Article 4. ").text == "Article 4."


def test_quorum_in_words():
    assert quorum_in_words(quorum(present(8), range(1, 16), HALF), HALF) == (
        "8 sièges présents sur 15 ; il en faut 8 : le quorum est atteint."
    )
    assert quorum_in_words(quorum([], [], HALF), HALF).startswith("Aucun siège")
    lifting = Rules(has_quorum=True, second_convocation_lifts=True)
    assert quorum_in_words(quorum(present(1), range(1, 4), lifting, second_convocation=True), lifting) == (
        "1 siège présent sur 3 ; il en faut 2 : le quorum n'est pas atteint ; la seconde convocation en dispense."
    )


def test_vote_in_words():
    assert vote_in_words(7, 2, 1, "adopted") == "7 voix pour, 2 contre, 1 abstention : adopté."
    assert vote_in_words(0, 0, 0, "adopted", method="consensus") == "Adopté par consensus."
