"""Exchanges told organisation by organisation."""

import pytest

from committees.minutes.tree.draw import draw
from committees.minutes.tree.exchanges import answers_of, check_answers, mentions, remarks_of
from committees.minutes.tree.organisations import by_organisation
from committees.minutes.tree.reading import text_of
from committees.minutes.tree.remaining import remaining

from .trees import answer, heading, node, remark, section

IDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(4)]


def said(number, organisation=""):
    return remark(f"dit {number}", id=IDS[number], organisation=organisation)


class Counted(str):
    """An id that counts how many times it is looked at, to tell what grows as the square of an exchange."""

    looks = 0

    def __eq__(self, other):
        Counted.looks += 1
        return super().__eq__(other)

    def __hash__(self):
        Counted.looks += 1
        return super().__hash__()


def exchange_of(size: int) -> list[dict]:
    """As many answers as remarks of one organisation, each to the remark of its rank."""
    ids = [Counted(f"id-{number}") for number in range(size)]
    copies = [Counted(id) for id in ids]
    return [remark("dit", id=id, organisation="A") for id in ids] + [answer("r", answers=[id]) for id in copies]


def looks_at_ids(read, size: int) -> int:
    turns, Counted.looks = exchange_of(size), 0
    read(turns)
    return Counted.looks


def grouped(turns):
    return by_organisation(remarks_of({"content": turns}), answers_of({"content": turns}))


def mentioned(turns):
    return mentions(remarks_of({"content": turns}), answers_of({"content": turns}))


def left(turns):
    return remaining([section(node("exchange", *turns))], {})


def checked(turns):
    return check_answers(node("exchange", *turns), ())


@pytest.mark.parametrize("read", [grouped, mentioned, left, checked])
def test_a_longer_exchange_costs_in_proportion_to_its_turns(read):
    assert looks_at_ids(read, 400) < 3 * looks_at_ids(read, 200)


def told(remarks, answers):
    """Return (organisation, [(text, mention), …]) of each group, then the common answers in the same form."""
    groups, common = by_organisation(remarks, answers)
    turns = lambda found: [(text_of(turn.node), turn.mention) for turn in found]  # noqa: E731
    return [(group.organisation, turns(group.turns)) for group in groups], turns(common)


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (["A", "B"], [("A", [0]), ("B", [1])]),
        (["A", "", "B"], [("A", [0, 1]), ("B", [2])]),
        (["A", "B", "A"], [("A", [0, 2]), ("B", [1])]),
        (["A", "a "], [("A", [0, 1])]),
        (["", "A"], [("", [0]), ("A", [1])]),
        ([""], [("", [0])]),
    ],
)
def test_by_organisation_gathers_remarks_in_the_order_organisations_first_spoke(names, groups):
    found, _ = told([said(number, name) for number, name in enumerate(names)], [])
    assert found == [(name, [(f"dit {number}", "") for number in ranks]) for name, ranks in groups]


@pytest.mark.parametrize(
    ("answered", "place"),
    [
        ([0], "0r12"),
        ([1], "01r2"),
        ([0, 1], "01r2"),
        ([1, 0], "01r2"),
        ([2], "012r"),
    ],
)
def test_by_organisation_an_answer_follows_the_last_remark_it_answers(answered, place):
    remarks = [said(0, "A"), said(1, "A"), said(2, "B")]
    groups, common = told(remarks, [answer("r", answers=[IDS[number] for number in answered])])
    assert "".join(text[-1] for _, turns in groups for text, _ in turns) == place
    assert common == []


@pytest.mark.parametrize(
    ("answered", "mention"),
    [
        ([0], ""),
        ([0, 1], "sur les 1re et 2e observations"),
        ([0, 1, 2], "sur l’ensemble des observations"),
    ],
)
def test_by_organisation_an_answer_says_what_its_place_does_not(answered, mention):
    remarks = [said(0, "A"), said(1), said(2), said(3, "B")]
    groups, _ = told(remarks, [answer("r", answers=[IDS[number] for number in answered])])
    assert dict(groups[0][1])["r"] == mention


@pytest.mark.parametrize(
    ("answered", "mention"),
    [([], ""), ([0, 1, 2], ""), ([0, 1], "à A et à B"), ([0, 2], "à A et à C")],
)
def test_by_organisation_an_answer_to_several_comes_last_and_says_to_whom(answered, mention):
    remarks = [said(0, "A"), said(1, "B"), said(2, "C")]
    groups, common = told(remarks, [answer("r", answers=[IDS[number] for number in answered])])
    assert common == [("r", mention)]
    assert [turns for _, turns in groups] == [[(f"dit {number}", "")] for number in range(3)]


def test_by_organisation_an_answer_to_what_has_no_text_is_kept():
    assert told([], [answer("r")]) == ([], [("r", "")])


def test_by_organisation_the_only_organisation_is_answered_under_its_remark():
    groups, common = told([said(0, "A")], [answer("r")])
    assert (groups, common) == ([("A", [("dit 0", ""), ("r", "")])], [])


def test_draw_by_organisation_heads_each_and_keeps_markers_chosen():
    exchange = node(
        "exchange",
        said(0, "Association A"),
        remark("dit 1", id=IDS[1], organisation="Association B", marker="➔", speaker="M. B"),
        answer("réponse", answers=[IDS[0]], speaker="Mme C"),
        answer("à tous"),
        opening="Tour de table :",
        presentation="by_organisation",
    )
    assert draw([section(heading("Échanges"), exchange)], None, "text").replace("\u00a0", " ") == (
        "Échanges\n\nTour de table :\nAssociation A\n  dit 0\n  Mme C réponse\n"
        "Association B\n  ➔ M. B dit 1\nRéponse apportée\n  à tous"
    )
    page = draw([section(heading("Échanges"), exchange)], None, "screen")
    assert '<h3 class="exchange-organisation">Association A</h3>' in page
    assert len(remarks_of(exchange)) == len(answers_of(exchange)) == 2


def test_draw_in_the_flow_leaves_organisations_aside():
    exchange = node("exchange", said(0, "Association A"), answer("réponse", answers=[IDS[0]]))
    assert draw([section(exchange)], None, "text") == "  dit 0\nRéponse apportée\n  – réponse"
