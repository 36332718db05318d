"""What is pasted becomes nodes of the schema, or plain text."""

import json

import pytest
from conftest import FIRST
from editor_actions import blocks, save, text_area, type_after
from test_structure import items, text_of

PASTE = """([html, text]) => {
  const data = new DataTransfer()
  if (html) data.setData('text/html', html)
  data.setData('text/plain', text)
  document.querySelector('#mm-text').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style></head><body>
<!--StartFragment--><h1 style="margin:0">Bilan<o:p></o:p></h1>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1)<span
 style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span>Premier <b>point</b></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>Détail</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2)<span>&nbsp; </span></span>Second</p>
<p class=MsoNormal>Le 1<sup>er</sup> <i>mars</i><o:p></o:p></p><!--EndFragment--></body></html>"""


def paste(page, minutes, html, text="") -> list:
    """Pastes into an empty paragraph at the end of the first section; gives what follows the first paragraph, as stored."""
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, [html, text])
    save(page)
    return blocks(minutes, FIRST)[2:]


def test_word_lists_keep_their_markers_and_levels(page, minutes):
    heading, lists, paragraph = paste(page, minutes, WORD)
    assert (heading["type"], text_of(heading), heading["attrs"]) == ("heading", "Bilan", {"label": "", "level": 1})
    assert page.evaluate("window.violations") == []
    assert items(lists) == [["1)", "Premier point", [["–", "Détail"]]], ["2)", "Second"]]
    assert [(run["text"], [mark["type"] for mark in run.get("marks", [])]) for run in paragraph["content"]] == [
        ("Le 1", []), ("er", ["superscript"]), (" ", []), ("mars", ["italic"]),
    ]  # fmt: skip


def test_web_lists_and_tables_are_read(page, minutes):
    html = """<ol start="3"><li>trois</li><li>quatre<ul><li>dedans</li></ul></li></ol><ol type="a"><li>lettre</li></ol>
    <table><caption>Chiffres</caption><tr><th>Mois</th></tr><tr><td colspan="2" style="color:red">mai</td></tr></table>"""
    numbers, letters, table = paste(page, minutes, html)
    assert items(numbers) == [["3.", "trois"], ["4.", "quatre", [["–", "dedans"]]]]
    assert items(letters) == [["a)", "lettre"]]
    assert table["attrs"] == {"caption": "Chiffres"}
    cell = table["content"][1]["content"][0]
    assert (text_of(cell), cell["attrs"]) == ("mai", {"colspan": 2, "rowspan": 1})


def test_lists_deeper_than_three_levels_are_flattened_and_lose_nothing(page, minutes):
    deep = "<ul><li>1<ul><li>2<ul><li>3<ul><li>4<ul><li>5</li></ul></li></ul></li></ul></li></ul></li></ul>"
    [pasted] = paste(page, minutes, deep)
    assert items(pasted) == [["–", "1", [["–", "2", [["–", "3"], ["–", "4"], ["–", "5"]]]]]]


@pytest.mark.parametrize(
    "html",
    [
        '<p>vu <a href="javascript:window.ran=1">lien</a></p>',
        "<p>vu <img src=x onerror='window.ran=1'>lien</p>",
        "<p>vu <script>window.ran=1</script>lien</p>",
        "<p onclick='window.ran=1' style='position:fixed'>vu lien</p>",
        "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><p>vu lien</p>",
        "<svg><script>window.ran=1</script></svg><p>vu lien</p>",
        '<p>vu <a href="http://exemple.fr">lien</a></p>',
    ],
)
def test_B03_nothing_pasted_runs_or_stays_but_text(page, minutes, html):
    [paragraph] = paste(page, minutes, html)
    assert " ".join(text_of(paragraph).split()) == "vu lien"
    assert "marks" not in json.dumps(paragraph)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations") == []


def test_plain_text_becomes_paragraphs(page, minutes):
    assert [text_of(block) for block in paste(page, minutes, None, "Un\n\nDeux")] == ["Un", "Deux"]


def test_a_copied_section_becomes_another_section(page, minutes):
    page.keyboard.press("Control+s")
    text_area(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    type_after(page, "Les délais", "")
    page.keyboard.press("Control+v")
    save(page)
    assert len(set(minutes.order[1])) == len(minutes.order[1])
    assert minutes.text().count("La séance est ouverte.") == 2
