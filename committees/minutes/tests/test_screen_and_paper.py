"""The page and the paper say the same, word for word: the five stories of the demonstration, and trees of any kind."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from hypothesis import given, settings

from clu_portal.lib.pdf import pdf_text, render_pdf
from committees.minutes.documents import mentions, minutes_html
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
    found = differences(body, said_by(screen))
    assert [pair for pair in found if pair[1] or pair[0] not in heads_of(screen)] == []
    before = paper.removesuffix(body)
    around = said_by(render_to_string("committees/_minutes_mentions.html", {"mentions": mentions(minutes)}))
    said = [*minutes.title_lines.splitlines(), *mentions(minutes)["contacts"], mentions(minutes)["place_and_date"]]
    assert [line for line in said if squeezed(line) not in before] == []
    assert [line for line in mentions(minutes)["contacts"] if squeezed(line) not in around] == []


@settings(max_examples=25)
@given(trees.documents, trees.facts)
def test_screen_of_any_tree_says_what_its_paper_says(sections, facts):
    assert apart(draw(sections, facts, "screen")) == apart(draw(sections, facts, "pdf"))


def test_said_by_tells_two_pages_apart():
    assert said_by("<p>a <b>b</b></p>") != said_by("<p>a</p>")
    assert apart('<p>a<span class="note">n</span>b</p>') == ("ab", "n") == apart('<p>ab</p><ul class="notes">n</ul>')
    assert differences("abc", "ac") == [("b", "")]
