"""The nodes of prose in a text document: notes are notes of the word processor, which numbers them."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from clu_portal.lib.odt_body import odt_body
from committees.minutes.tree.draw import draw

from .trees import heading, node, paragraph, section

NAMES = ("text", "office", "table", "xlink")
SPACES = " ".join(f'xmlns:{name}="{name}:"' for name in NAMES)


def body_of(*blocks) -> Element:
    html = f"<!doctype html><html lang=fr><body>{draw([section(*blocks)], None, 'pdf')}</body></html>"
    return fromstring(f"<body {SPACES}>{odt_body(html)}</body>")


def read(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_odt_note_is_a_footnote_at_its_call():
    body = body_of(paragraph("délais", node("footnote", text="Jours <ouvrés>."), " tenus"))
    [line] = body.findall("{text:}p")
    note = line.find("{text:}note")
    assert note.get("{text:}note-class") == "footnote"
    assert [read(part) for part in note] == ["1", "Jours <ouvrés>."]
    assert (line.text, note.tail) == ("délais", " tenus")


@pytest.mark.parametrize(
    ("block", "style", "words"),
    [
        (node("separator", "* * *"), "Centred", "* * *"),
        (node("quotation", paragraph("« Dit. »")), "Quotations", "« Dit. »"),
    ],
)
def test_odt_separator_and_quotation_have_their_style(block, style, words):
    [line] = body_of(block).findall("{text:}p")
    assert (line.get("{text:}style-name"), read(line)) == (style, words)


def test_odt_contents_are_lines_without_links_to_nowhere():
    body = body_of(node("table_of_contents"), heading("Accueil"))
    assert [read(line) for line in body] == ["Sommaire", "Accueil", "Accueil"]
    assert list(body.iter("{text:}a")) == []


def test_odt_page_break_and_run_in_heading():
    body = body_of(paragraph("a"), node("page_break"), heading("Accueil :", form="run_in"), paragraph("les délais."))
    assert [(line.tag[7:], line.get("{text:}style-name")) for line in body] == [
        ("p", "Standard"), ("p", "PageBreak"), ("h", "Heading_20_2"), ("p", "Standard"),
    ]  # fmt: skip
