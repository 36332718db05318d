"""The printed page as it is seen: where a line begins, what stands last on a page."""

import functools

import pypdfium2
import pytest
from django.utils import timezone

from clu_portal.lib.pdf import pdf_text, render_pdf
from clu_portal.lib.tests.papers import findings, html
from committees.minutes.tree.draw import draw
from committees.minutes.tree.outline import outline

from .trees import heading, item, node, paragraph, remark, section

ID = "00000000-0000-4000-8000-000000000001"
WORDS = "mmmm " * 60
POINT = 0.1


@functools.cache
def printed(body: str) -> bytes:
    return render_pdf(html(body), created_at=timezone.now())


def lefts(document: bytes, letter: str = "m") -> list[float]:
    """The left edge, in points, of the first such letter of each line of the first page."""
    text = pypdfium2.PdfDocument(document)[0].get_textpage()
    boxes = [text.get_charbox(i, loose=True) for i in range(text.count_chars()) if text.get_text_range(i, 1) == letter]
    lines = {}
    for left, bottom, _, _ in boxes:
        lines[round(bottom)] = min(left, lines.get(round(bottom), left))
    return list(lines.values())


@pytest.mark.parametrize("marker", ["–", "1)", "12°)", "Art. 4"])
def test_text_after_a_marker_hangs_exactly(marker):
    document = printed(draw([section(node("list", item(WORDS, marker=marker)), id=ID)], None, "pdf"))
    edges = lefts(document)
    assert len(edges) > 2
    assert max(edges) - min(edges) < POINT


def test_text_after_a_marker_hangs_exactly_in_an_exchange_and_an_agenda():
    exchange = node("exchange", remark(WORDS))
    agenda = {"agenda": [{"label": "10.", "title": WORDS}]}
    for body in (draw([section(exchange, id=ID)], None, "pdf"), draw([section(node("agenda"), id=ID)], agenda, "pdf")):
        edges = lefts(printed(body))
        assert len(edges) > 2
        assert max(edges) - min(edges) < POINT


@pytest.mark.parametrize("layout", ["grouped", "side_by_side"])
@pytest.mark.parametrize("marker", ["-", "Art."])
def test_text_after_the_marker_of_an_attendance_line_hangs_exactly(layout, marker):
    facts = {"attendance": [{"heading": "", "lines": [WORDS]}]}
    document = printed(draw([section(node("attendance", layout=layout, marker=marker), id=ID)], facts, "pdf"))
    edges = lefts(document)
    assert len(edges) > 2
    assert max(edges) - min(edges) < POINT
    assert f"{marker} mmmm" in pdf_text(document)
    assert findings(document) == []


def test_marker_is_read_with_a_space_and_pages_have_no_finding():
    document = printed(draw([section(node("list", item("un texte", marker="12°)")), id=ID)], None, "pdf"))
    assert "12°) un texte" in pdf_text(document)
    assert findings(document) == []


GROUPS = ("Présents", "Excusés", "Absents")


def pages(filling: int) -> list[list[str]]:
    """The lines of each page of a list of attendance that begins lower and lower on the first one."""
    groups = [{"heading": name, "lines": [f"{name} {number}" for number in range(9)]} for name in GROUPS]
    body = [*[node("paragraph", "remplissage")] * filling, heading("Participants"), node("attendance")]
    document = printed(draw([section(*body, id=ID)], {"attendance": groups}, "pdf"))
    printed_pages = [page.splitlines() for page in pdf_text(document).split("\f")]
    return [[line.strip() for line in page if line.startswith((*GROUPS, "Participants"))] for page in printed_pages]


@pytest.mark.parametrize("filling", range(4, 33))
def test_heading_never_ends_a_page_and_no_line_of_a_group_stands_alone(filling):
    ends = [page[-1] for page in pages(filling)[:-1] if page]
    begins = [page[0] for page in pages(filling)[1:] if page]
    alone = {"Participants", *GROUPS, *(f"{name} 0" for name in GROUPS)}
    assert [line for line in ends if line in alone] == []
    assert [line for line in begins if line in {f"{name} 8" for name in GROUPS}] == []


def list_pages(filling: int) -> list[list[str]]:
    """The items of a list on each page, when it begins lower and lower on the first one."""
    items = [item(f"point {number}.") for number in range(6)]
    body = [*[node("paragraph", "remplissage")] * filling, node("list", *items)]
    document = printed(draw([section(*body, id=ID)], None, "pdf"))
    return [[line.strip() for line in page.splitlines() if "point" in line] for page in pdf_text(document).split("\f")]


@pytest.mark.long
def test_item_of_a_list_never_stands_alone_at_the_edge_of_a_page():
    found = [list_pages(filling) for filling in range(18, 40)]
    cut = [pages for pages in found if len(pages) > 1 and pages[0] and pages[1]]
    assert cut
    assert all(sum(map(len, pages)) == 6 for pages in found)
    assert [pages for pages in cut if min(map(len, pages)) < 2] == []


def test_short_lists_in_a_row_are_shared_between_two_pages():
    lists = [node("list", *[item(f"point {number}.") for number in range(3)]) for _ in range(12)]
    document = printed(draw([section(*[node("paragraph", "remplissage")] * 18, *lists, id=ID)], None, "pdf"))
    first, *others = [page.count("point") for page in pdf_text(document).split("\f")]
    assert first >= 9
    assert first + sum(others) == 36


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_civility_is_kept_with_its_name_on_every_medium(medium):
    facts = {"attendance": [{"heading": "Présents", "lines": ["Mairie : M. Brun"]}]}
    said = node("exchange", remark("Merci à M. Colin.", speaker="Mme Aubert"))
    drawn = draw([section(node("attendance"), said, id=ID)], facts, medium)
    assert [name for name in ("M.\u00a0Brun", "M.\u00a0Colin", "Mme\u00a0Aubert") if name not in drawn] == []
    assert "M. " not in drawn


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_empty_paragraphs_are_neither_printed_nor_counted(medium):
    blank = [paragraph(), paragraph(" \u00a0"), node("paragraph", {"type": "hard_break"})]
    typed = [heading("Accueil"), paragraph("Un mot."), heading("Suite", level=2), paragraph("Deux.")]
    with_blanks = [section(typed[0], *blank, typed[1], *blank, *typed[2:3], *blank, typed[3], *blank, id=ID)]
    assert draw(with_blanks, None, medium) == draw([section(*typed, id=ID)], None, medium)
    assert outline(with_blanks) == outline([section(*typed, id=ID)])
