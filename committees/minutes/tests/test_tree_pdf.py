"""What WeasyPrint makes of the drawing: the tags a screen reader follows, and PDF/UA-1."""

import io

import page
import pikepdf
import pytest
import weasyprint

from clu_portal.lib.pdf import pdf_text
from committees.minutes.tree.draw import draw

from .trees import answer, cell, header, heading, item, link, node, paragraph, remark, section, table, text

STYLE = ".marked-list, .attendance-lines { list-style: none } .blank-line { height: 1.2em }"
ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
FACTS = {
    "agenda": [{"label": "1.", "title": "Accueil"}],
    "quorum": [{"sentence": "Le quorum est atteint.", "rule": "La moitié des sièges."}],
    "votes": [{"subject": "Affiche", "sentence": "Adopté."}],
    "documents": [
        {"heading": "Documents envoyés avant la réunion", "kind": "sent_before", "lines": ["Enquête"]},
        {"heading": "Annexes", "kind": "annexed", "lines": ["Diaporama"]},
    ],
    "attendance": [{"heading": "Présents", "lines": ["Mme A"]}, {"heading": "Excusés", "lines": ["M. B"]}],
}
DOCUMENT = [
    section(heading("Présents"), node("attendance")),
    section(heading("Ordre du jour"), node("agenda")),
    section(
        heading("Délais", label="1)", level=3),
        paragraph("Le 1", text("er", "superscript"), " mai, voir ", text("le ", link()), text("site", "bold", link())),
        paragraph(),
        node("list", item("un", node("list", item("deux", marker="a)")))),
        table([header(), header("2025")], *[[header(f"Mois {i}"), cell("80 %")] for i in range(70)], caption="Taux"),
        table([cell("a"), cell("b", colspan=2)], [cell("c")]),
        node(
            "exchange",
            remark("Délais longs", node("list", item("le lundi")), id=ID, speaker="Mme A", kind="question"),
            remark("Bon accueil"),
            answer("Un guichet ouvre", speaker="M. B", answers=[ID]),
            answer("Merci"),
            opening="L’association a formulé les observations suivantes :",
        ),
        node("exchange", remark("Sans réponse")),
        node("decision", "Le projet est validé", decided_by="les membres"),
        node("action", id=ID, title="Poser un panneau", owner="la mairie"),
        node("quorum"),
        node("votes"),
        heading("Dossier", level=3),
        node("dossier"),
        node("signature_block", node("signature_line", "Pour le préfet,"), node("signature_line")),
    ),
]


@pytest.fixture(scope="module")
def pdf():
    body = f"<h1>Compte-rendu</h1>{draw(DOCUMENT, FACTS, 'pdf')}"
    html = f"<html lang=fr><title>Compte-rendu</title><style>{STYLE}</style><body>{body}"
    return weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")


def tags(element):
    """Yield the names of the structure elements, in the order of reading."""
    children = element.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else []:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S)[1:]
            yield from tags(child)


def test_pdf_is_valid_pdf_ua(pdf):
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []


def test_pdf_header_row_is_repeated_on_each_page(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = list(tags(document.Root.StructTreeRoot))
    assert names.count("THead") > 1


def test_pdf_header_row_is_read_on_each_page_of_its_table(pdf):
    pages = [page for page in pdf_text(pdf).split("\f") if "Mois " in page]
    assert len(pages) > 1
    assert [page.count("2025") for page in pages] == [1] * len(pages)


def test_pdf_headings_lists_and_captions_are_tagged(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = list(tags(document.Root.StructTreeRoot))
    assert [name for name in names if name[0] == "H" and name[1:].isdigit()] == [
        "H1",
        "H2",
        "H3",
        "H2",
        "H3",
        "H3",
        "H4",
        "H4",
    ]
    assert names.count("L") == 13
    assert names.count("Link") == 2
    assert names.count("Caption") == 1
