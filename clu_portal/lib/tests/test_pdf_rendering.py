"""R05 and what every document must be: PDF/UA-1, PDF/A-3a, structured, the same everywhere."""

import functools
import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from clu_portal.lib import pdf
from clu_portal.lib.tests.papers import STREAM, STREAM_LENGTH, WHEN, findings, html, lengths_are_true, rendered

ROOT = Path(__file__).parents[3]
FAMILIES = {"Atkinson-Hyperlegible", "DejaVu-Sans"}


@functools.cache
def opened(document: bytes) -> pikepdf.Pdf:
    """Return the document, kept open: what is read in it dies when it closes."""
    return pikepdf.open(io.BytesIO(document))


def elements(node: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """Return every element of the structure tree, in reading order."""
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    found = []
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *elements(kid)]
    return found


def types(document: bytes) -> list[str]:
    return [str(element.S) for element in elements(opened(document).Root.StructTreeRoot)]


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"draft": True},
        {"demonstration": True, "page_mark": "page-of", "header": "Préfecture", "footer": "Comité"},
        {"draft": True, "demonstration": True, "page_mark": "continues"},
        {"page_mark": "fraction"},
    ],
    ids=["plain", "draft", "demonstration", "both", "fraction"],
)
def test_render_pdf_is_pdf_ua_and_pdf_a(context):
    assert findings(rendered(**context)) == []


def test_render_pdf_the_validator_can_find_fault():
    assert findings(rendered('<h1>Titre</h1><img src="data:image/svg+xml,<svg/>" alt="">'.replace('alt=""', "")))


def test_render_pdf_qpdf_finds_no_error(tmp_path):
    (tmp_path / "document.pdf").write_bytes(rendered())
    subprocess.run(["qpdf", "--check", tmp_path / "document.pdf"], check=True, capture_output=True)


def test_render_pdf_structure_is_told():
    told = types(rendered())
    once = {"/H1": 1, "/H2": 2, "/L": 2, "/LI": 3, "/Caption": 1, "/Figure": 2, "/Link": 1}
    assert {name: told.count(name) for name in once} == once
    pages_of_table = told.count("/Table")  # WeasyPrint tells a table again on each page, with its header
    assert (pages_of_table, told.count("/THead"), told.count("/TH")) == (2, 2, 50 + pages_of_table)


def test_render_pdf_pictures_have_their_alternatives():
    figures = [node for node in elements(opened(rendered()).Root.StructTreeRoot) if node.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == ["Une barre", "Un point bleu"]


def test_render_pdf_language_title_and_dates():
    document = opened(rendered())
    assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("fr", "Compte-rendu du comité")
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo.CreationDate) == "D:20261122143205+00'00"


def test_render_pdf_bookmarks_follow_the_headings():
    with opened(rendered()).open_outline() as outline:
        titles = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert titles == [("Compte-rendu du comité", ["1) Ouverture", "2) Mesures"])]


def test_render_pdf_metadata_packet_is_one_and_plain():
    packet = opened(rendered()).Root.Metadata
    assert "/Filter" not in packet
    assert packet.read_raw_bytes().count(b"<rdf:RDF") == 1


def test_render_pdf_fonts_are_ours_and_embedded():
    used = {}
    for page in opened(rendered()).pages:
        for font in page.Resources.Font.values():
            used[str(font.BaseFont).split("+")[1]] = "/FontFile2" in font.DescendantFonts[0].FontDescriptor
    assert {family for name in used for family in FAMILIES if name.startswith(family)} == FAMILIES
    assert all(name.startswith(tuple(FAMILIES)) and embedded for name, embedded in used.items())


def test_render_pdf_marks_the_pages():
    pages = pdf.pdf_text(rendered(draft=True, demonstration=True, page_mark="page-of")).split("\f")
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert f"Page {number} sur {len(pages)}" in text
        expected = 2 if number == 1 else 1  # on page 1, in the margin and in the text
        assert text.count("PROJET – non approuvé") == text.count("DÉMONSTRATION – sans valeur") == expected


def test_render_pdf_page_mark_continues_on_every_page_but_the_last():
    pages = pdf.pdf_text(rendered(page_mark="continues")).split("\f")
    assert [".../..." in text for text in pages] == [True] * (len(pages) - 1) + [False]


def test_render_pdf_table_header_is_repeated_on_the_next_page():
    first, second, *_ = pdf.pdf_text(rendered()).split("\f")
    assert "2026" in first
    assert second.strip().startswith("2026")


def test_render_pdf_embeds_a_file():
    file = pdf.EmbeddedFile("réunion.json", b'{"meeting": 12}', "Données de la réunion")
    document = pdf.render_pdf(html(), created_at=WHEN, embedded=[file])
    assert findings(document) == []
    (specification,) = {item.objgen: item for item in opened(document).Root.AF}.values()
    assert str(specification.AFRelationship) == "/Data"
    assert str(specification.UF) == "réunion.json"
    assert specification.EF.F.read_bytes() == file.content


ENDLESS = "<svg width='9' height='9'><title>a</title><g id='a'><use href='#a'/></g></svg>"


@pytest.mark.parametrize("picture", ["<img alt='a' src='data:image/png;base64,AAAA'>", ENDLESS])
def test_render_pdf_picture_that_cannot_be_drawn_is_refused(picture):
    with pytest.raises(pdf.RenderingRefused, match="image"):
        rendered(f"<h1>Titre</h1>{picture}")


def test_render_pdf_character_without_a_glyph_is_refused():
    with pytest.raises(pdf.RenderingRefused, match=r"漢$"):
        rendered("<h1>Titre</h1><p>漢</p>")


def test_render_pdf_invisible_characters_are_not_refused():
    document = rendered(
        "<h1>Titre</h1><p>a\u2028b\x0bc\u200bd\ufeffe\u00adf e\u0301 12\u202f% après\u2011midi ≥ ✓</p>"
    )
    assert "après\u2011midi ≥ ✓" in pdf.pdf_text(document)
    assert findings(document) == []


def test_render_pdf_without_title_is_refused():
    with pytest.raises(pdf.RenderingRefused, match="titre"):
        pdf.render_pdf("<h1>Sans titre</h1>", created_at=WHEN)


def test_R05_same_document_gives_the_same_bytes():
    assert pdf.render_pdf(html(), created_at=WHEN) == rendered()
    assert pdf.render_pdf(html(), created_at=WHEN.replace(year=2027)) != rendered()


def test_R05_same_bytes_in_another_process_with_other_system_fonts(tmp_path):
    source = tmp_path / "document.html"
    source.write_text(html())
    program = (
        "import sys; from datetime import datetime; from pathlib import Path; from clu_portal.lib import pdf\n"
        "html, created_at, target = sys.argv[1:]\n"
        "content = pdf.render_pdf(Path(html).read_text(), created_at=datetime.fromisoformat(created_at))\n"
        "Path(target).write_bytes(content)"
    )
    target = tmp_path / "document.pdf"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Noumea", "LC_ALL": "C", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", program, source, WHEN.isoformat(), target]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    assert target.read_bytes() == rendered()


def test_findings_tell_a_wrong_length_from_one_they_misread():
    document = rendered()
    length = STREAM.search(document)
    start, end = length.span(1)
    wrong = document[:start] + str(int(length[1]) - 1).rjust(end - start, "0").encode() + document[end:]
    assert (lengths_are_true(document), lengths_are_true(wrong)) == (True, False)
    assert STREAM_LENGTH in {rule for rule, _ in findings(wrong)}
