"""The body of a text document from the HTML of a page: the same words, headings, header rows, markers as text."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clu_portal.lib.odt import odt_of_html
from clu_portal.lib.odt_body import odt_body
from clu_portal.lib.pdf import pdf_text

NAMES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}
PAGE = """<!doctype html><html><head><title>T</title></head><body>
<p class="variant-mark">PROJET</p>
<div class="letterhead"><p>Préfecture</p></div>
<h1>Compte-rendu<br>de la réunion</h1>
<section><h2><span class="label">1)</span> Accueil</h2>
<ul class="marked-list"><li><p><span class="marker">➔ </span>Un <strong>point</strong></p>
<ul class="marked-list"><li><p><span class="marker">– </span>réglé &lt;b&gt;</p></li></ul></li></ul>
<table><caption>Délais</caption><thead><tr><td></td><th scope="col">2026</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">Guichet</th><td>1<sup>er</sup></td></tr>
<tr><td>80&nbsp;%</td></tr></tbody></table>
<p><a href="https://exemple.test/?a=1&amp;b=2">le site</a><a class="note-call" href="#note-1">1</a><span class="note"
 id="note-1"><a href="#note-call-1">1</a> Relevé du mois.</span></p></section>
<div class="signature"><p>La secrétaire générale</p></div><div class="document-end"></div></body></html>"""


def opened(content: bytes, name: str = "content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def body() -> ElementTree.Element:
    return opened(odt_of_html(PAGE, title="T", mark="PROJET"))


def words(node: ElementTree.Element) -> str:
    return " ".join("".join(node.itertext()).split())


def test_odt_headings_have_their_levels(body):
    level = f"{{{NAMES['text']}}}outline-level"
    found = [(heading.get(level), words(heading)) for heading in body.iterfind(".//text:h", NAMES)]
    assert found == [("1", "Compte-rendude la réunion"), ("2", "1) Accueil")]
    assert len(body.findall(".//text:h/text:line-break", NAMES)) == 1


def test_odt_markers_are_text_before_their_line_at_their_depth(body):
    style = f"{{{NAMES['text']}}}style-name"
    lines = [(p.get(style), words(p)) for p in body.iterfind(".//text:p", NAMES) if p.get(style).startswith("List")]
    assert lines == [("List_20_1", "➔ Un point"), ("List_20_2", "– réglé <b>")]


def test_odt_table_repeats_its_header_row_and_keeps_merged_cells(body):
    (table,) = body.iterfind(".//table:table", NAMES)
    heads = [words(cell) for cell in table.iterfind("table:table-header-rows//table:table-cell", NAMES)]
    rows = table.findall("table:table-row", NAMES)
    assert heads == ["", "2026"]
    assert [[cell.tag.partition("}")[2] for cell in row] for row in rows] == [
        ["table-cell", "table-cell"],
        ["covered-table-cell", "table-cell"],
    ]
    assert rows[0][0].get(f"{{{NAMES['table']}}}number-rows-spanned") == "2"


def test_odt_footnote_is_one(body):
    (note,) = body.iterfind(".//text:note", NAMES)
    assert (words(note.find("text:note-citation", NAMES)), words(note.find("text:note-body", NAMES))) == (
        "1",
        "Relevé du mois.",
    )


def test_odt_says_the_words_of_the_page_in_order_and_leaves_what_each_page_repeats_to_its_header(body):
    said = words(body)
    pieces = ["Préfecture", "Accueil", "➔ Un point", "Délais", "Guichet", "1er", "80 %", "le site", "La secrétaire"]
    places = [said.index(piece) for piece in pieces]
    assert places == sorted(places)
    assert "PROJET" not in said


def test_odt_names_only_styles_it_has():
    content = odt_of_html(PAGE, title="T")
    used = {
        value
        for node in opened(content).iter()
        for name, value in node.attrib.items()
        if name in (f"{{{NAMES['text']}}}style-name", f"{{{NAMES['table']}}}style-name")
    }
    name = f"{{{NAMES['style']}}}name"
    known = {
        style.get(name)
        for part in ("content.xml", "styles.xml")
        for style in opened(content, part).iterfind(".//style:style", NAMES)
    }
    assert used - known == set()


def test_odt_body_of_a_hostile_text_is_escaped():
    assert "<evil/>" not in odt_body("<html><head></head><body><p>&lt;evil/&gt;<!--body--></p></body></html>")


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice absent : apt install libreoffice-writer-nogui"
)
def test_odt_is_opened_by_libreoffice_and_says_the_same(tmp_path):
    source = tmp_path / "reunion.odt"
    source.write_bytes(odt_of_html(PAGE, title="T", mark="PROJET"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = pdf_text(Path(tmp_path / "reunion.pdf").read_bytes())
    said = " ".join(text.replace("\u00a0", " ").split())
    pieces = [
        "PROJET",
        "Préfecture",
        "1) Accueil",
        "➔ Un point",
        "– réglé <b>",
        "Délais",
        "80 %",
        "La secrétaire générale",
    ]
    assert [piece for piece in pieces if piece not in said] == []


@pytest.mark.parametrize("name", ["exchange-opening", "exchange-title", "contents-title"])
def test_what_announces_a_list_is_in_bold_and_stays_with_it(name):
    document = odt_of_html(
        f'<body><p class="{name}">Annonce</p><ul><li><p>Un</p></li></ul></body>', title="T", mark=""
    )
    first = next(opened(document).iter(f"{{{NAMES['text']}}}p"))
    style = first.get(f"{{{NAMES['text']}}}style-name")
    assert (first.text, style) == ("Annonce", "Announcement")
    named = f".//style:style[@style:name='{style}']"
    drawn = ElementTree.tostring(opened(document, "styles.xml").find(named, NAMES)).decode()
    assert 'keep-with-next="always"' in drawn
    assert 'font-weight="bold"' in drawn
