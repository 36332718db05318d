"""The page and the paper say the same, word for word: the five stories of the demonstration, and trees of any kind."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given, settings

from clu_portal.lib.pdf import pdf_text, render_pdf
from committees.minutes.documents import mentions, minutes_html
from committees.minutes.head import head_blocks, head_text
from committees.minutes.layout import printed_layout
from committees.minutes.screen import on_screen
from committees.minutes.tree.draw import draw
from committees.tests.test_demonstration import SLUGS, told  # noqa: F401 - a fixture

from . import trees
from .said import apart, differences, heads_of, said_by, said_on_paper, squeezed


@pytest.mark.parametrize("slug", SLUGS)
def test_screen_of_the_demonstration_says_what_its_pdf_says(told, slug):  # noqa: F811
    minutes = told(slug)
    screen = on_screen(minutes)[0]
    paper = said_on_paper(pdf_text(render_pdf(minutes_html(minutes, draft=False), created_at=timezone.now())))
    body = paper[paper.index(said_by(screen)[:60]) :]
    lines = [line for block in head_text(head_blocks(minutes, printed_layout(minutes))) for line in block]
    head = squeezed("".join(lines))
    found = [pair for pair in differences(body, said_by(screen)) if not is_of_paper(pair, head, screen)]
    assert found == []
    around = said_by(render_to_string("committees/_minutes_mentions.html", {"mentions": mentions(minutes)}))
    assert [line for line in lines if squeezed(line) not in paper] == []
    assert [line for line in mentions(minutes)["contacts"] if squeezed(line) not in around] == []


def is_of_paper(pair: tuple[str, str], head: str, screen: str) -> bool:
    """What the paper alone says: header rows again, the page of a line of the contents, the head after a float.

    A note stands at the foot of its page there, after the text here.
    """
    paper, other = pair
    if not (paper and other) and (paper or other) in apart(screen)[1]:
        return True
    of_contents = paper.isdigit() and 'class="contents' in screen
    return not other and (paper in heads_of(screen) or of_contents or sorted(paper) == sorted(head))


@settings(max_examples=25)
@given(trees.documents, trees.facts)
def test_screen_of_any_tree_says_what_its_paper_says(sections, facts):
    assert apart(draw(sections, facts, "screen")) == apart(draw(sections, facts, "pdf"))


def test_said_by_tells_two_pages_apart():
    assert said_by("<p>a <b>b</b></p>") != said_by("<p>a</p>")
    assert apart('<p>a<span class="note">n</span>b</p>') == ("ab", "n") == apart('<p>ab</p><ul class="notes">n</ul>')
    assert differences("abc", "ac") == [("b", "")]
