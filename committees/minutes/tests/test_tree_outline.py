from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings

from committees.minutes.tree.draw import draw
from committees.minutes.tree.outline import outline, two_levels

from . import trees
from .trees import heading, node, paragraph, section, text

IDS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(6)]


class Headings(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.levels = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))


def levels_of(*levels):
    document = [section(heading(f"Titre {level}", level=level)) for level in levels]
    return Headings(draw(document, {}, "pdf")).levels


def test_heading_levels_begin_at_h2():
    assert levels_of(1, 2, 3, 4, 2, 1) == [2, 3, 4, 5, 3, 2]


def test_heading_levels_skipped_are_closed_up_alike_for_neighbours():
    assert levels_of(2, 2, 1, 4, 4, 2) == [2, 2, 2, 3, 3, 3]


@settings(max_examples=40)
@given(trees.documents, trees.facts)
def test_heading_levels_never_skip(document, facts):
    levels = [1, *Headings(draw(document, facts, "screen")).levels]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert 1 not in levels[1:]


def test_outline_lists_each_heading_with_the_anchor_it_is_drawn_at():
    document = [
        section(paragraph("Préambule"), heading("Intertitre"), id=IDS[0]),
        section(heading("Accueil ", text("des usagers", "bold"), label="I/"), id=IDS[1]),
        section(heading("Délais", label="1)", level=3), paragraph("a"), heading("Suite", level=3), id=IDS[2]),
        section(heading(), paragraph("Sans titre"), id=IDS[3]),
    ]
    found = outline(document)
    assert found == [
        (f"s-{IDS[0]}-1", "", "Intertitre", 1),
        (f"s-{IDS[1]}", "I/", "Accueil des usagers", 1),
        (f"s-{IDS[2]}", "1)", "Délais", 2),
        (f"s-{IDS[2]}-2", "", "Suite", 2),
    ]
    drawn = draw(document, None, "screen")
    assert [anchor for anchor, *_ in found if drawn.count(f'id="{anchor}"') != 1] == []


def test_two_levels_put_each_second_heading_under_its_first():
    lines = [("a", "", "A", 1), ("b", "", "B", 2), ("c", "", "C", 3), ("d", "1", "", 1), ("e", "", "E", 2)]
    assert two_levels(lines) == [(lines[0], [lines[1], lines[4]])]
    assert two_levels(lines[1:2]) == [(lines[1], [])]


def test_outline_given_the_facts_leaves_out_a_heading_that_is_not_drawn():
    document = [section(heading("Présents"), node("attendance"), id=IDS[0])]
    line = (f"s-{IDS[0]}", "", "Présents", 1)
    assert outline(document) == [line]
    assert outline(document, {"attendance": [{"heading": "", "lines": ["Mme A"]}]}) == [line]
    assert outline(document, {"attendance": []}) == []
