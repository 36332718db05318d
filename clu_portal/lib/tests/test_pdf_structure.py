"""Headings on the line of their paragraph, and footnotes: the elements a screen reader follows."""

import io
import re

import pikepdf
import pytest
import weasyprint

from clu_portal.lib import pdf

from .papers import WHEN, findings, html

LONG = "Les usagers attendent moins longtemps que l’an dernier. " * 90
RUN_IN = f"<article class=run-in><h2>Accueil :</h2> <p>les délais. {LONG}</p></article><p>Suite.</p>"


def note(number, text):
    call = f'<a class="note-call" id="note-call-{number}" href="#note-{number}">{number}</a>'
    return f'{call}<span class="note" id="note-{number}"><a href="#note-call-{number}">{number}</a> {text}</span>'


def drawn(content):
    return pdf.render_pdf(html(f"<h1>Titre</h1><section>{content}</section>"), created_at=WHEN)


def elements(document, kind):
    with pikepdf.open(io.BytesIO(document)) as opened:
        return [dict(one) for one in walk(opened.Root.StructTreeRoot) if re.fullmatch(kind, str(one.S))]


def walk(element):
    """Yield the elements in the order of reading; each must name the one that holds it."""
    children = element.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else []:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            assert child.P.objgen == element.objgen
            yield child
            yield from walk(child)


def kinds(document):
    return [str(one["/S"]) for one in elements(document, "/(H.|P|Div|Art|Note)")]


def test_render_pdf_run_in_is_one_heading_and_one_paragraph_on_each_page():
    document = drawn(RUN_IN)
    pages = pdf.pdf_text(document).count("\f") + 1
    assert pages == 2
    assert kinds(document).count("/P") == pages + 1
    assert kinds(document).count("/H2") == 1
    assert "/Art" not in kinds(document)
    assert findings(document) == []


@pytest.mark.filterwarnings("ignore")
def test_run_in_is_a_paragraph_per_line_without_the_finisher():
    bare = weasyprint.HTML(string=f"<html lang=fr><style>.run-in > * {{ display: inline }}</style>{RUN_IN}")
    assert kinds(bare.write_pdf(pdf_tags=True)).count("/P") > 20


def test_render_pdf_heading_of_a_run_in_longer_than_a_line_is_one_heading_of_the_outline():
    document = drawn(f"<article class=run-in><h2>{'Accueil et orientation ' * 9} :</h2> <p>a</p></article>")
    assert kinds(document).count("/H2") == 1
    with pikepdf.open(io.BytesIO(document)) as opened, opened.open_outline() as outline:
        assert len(outline.root[0].children) == 1
    assert findings(document) == []


def test_render_pdf_notes_are_tagged_named_and_linked_both_ways():
    table = f"<table><tr><th>a</th></tr><tr><td>b{note(2, 'Cellule.')}</td></tr></table>"
    document = drawn(
        f"<p>délais{note(1, 'Jours ouvrés.')}</p>{table}<ul class=marked-list><li><p>c{note(3, 'Fin.')}</p></ul>"
    )
    assert [str(one["/ID"]) for one in elements(document, "/Note")] == ["note-1", "note-2", "note-3"]
    assert len(elements(document, "/Link")) == 6
    text = " ".join(pdf.pdf_text(document).split())
    assert text.index("c 3") < text.index("1 Jours ouvrés. 2 Cellule. 3 Fin.")
    assert findings(document) == []


def test_render_pdf_notes_stand_on_the_page_of_their_call():
    document = drawn(f"<p>un{note(1, 'Première.')}</p><div class=page-break></div><p>deux{note(2, 'Seconde.')}</p>")
    first, second = pdf.pdf_text(document).split("\f")
    assert ("Première." in first, "Seconde." in second) == (True, True)
    assert [str(one["/ID"]) for one in elements(document, "/Note")] == ["note-1", "note-2"]
    assert findings(document) == []


def test_render_pdf_contents_give_the_page_of_each_heading():
    line = '<li><p><a href="#{0}">{0}</a> <span class="contents-page" data-target="#{0}"></span></p></li>'
    lines = line.format("un") + line.format("deux")
    document = drawn(
        f"<ul class=contents>{lines}</ul><h2 id=un>Un</h2><div class=page-break></div><h2 id=deux>Deux</h2>"
    )
    assert re.search(r"un\s+1\s+deux\s+2\s+Un", pdf.pdf_text(document))
    assert findings(document) == []
