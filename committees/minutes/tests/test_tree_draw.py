import time

import pytest
from django.utils.safestring import SafeString

from committees.minutes.tree.draw import draw
from committees.minutes.tree.errors import TreeError

from .trees import heading, item, link, node, paragraph, section, text

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
FACTS = {
    "agenda": [
        {"label": "1.", "title": "Accueil", "kind_label": "pour avis"},
        {"label": "", "title": "Questions", "kind_label": None},
    ],
    "attendance": [
        {"heading": "Présents", "lines": ["Mme A, maire", "M. B"]},
        {"heading": "Excusés", "lines": ["Mme C"]},
        {"heading": "Absents", "lines": []},
    ],
}


def drawn(*blocks, facts=None, medium="pdf"):
    """Return blocks drawn without the section around them, on one line in HTML."""
    html = draw([section(*blocks, id=ID)], facts, medium)
    return html if medium == "text" else "".join(html.splitlines()[1:-1])


def test_draw_section_bears_an_anchor():
    assert draw([section(paragraph("a"), id=ID)], {}, "screen") == f'<section id="s-{ID}">\n<p>a</p>\n</section>'


def test_draw_html_is_safe_and_text_is_not():
    document = [section(paragraph("<b>"))]
    assert isinstance(draw(document, {}, "screen"), SafeString)
    assert "<p>&lt;b&gt;</p>" in draw(document, {}, "screen")
    assert type(draw(document, {}, "text")) is str
    assert draw(document, {}, "text") == "<b>"


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
def test_I02_draw_checks_the_tree_again(medium):
    with pytest.raises(TreeError):
        draw([section(paragraph(text("a", link("javascript:alert(1)"))))], {}, medium)


def test_draw_unknown_medium_raises():
    with pytest.raises(KeyError):
        draw([], {}, "docx")


def test_draw_heading_shows_its_label_only_when_there_is_one():
    assert drawn(heading("Accueil", label="1)")) == '<h2><span class="label">1)</span> Accueil</h2>'
    assert drawn(heading("Accueil", label=" ")) == "<h2>Accueil</h2>"
    assert drawn(heading(label="I/")) == '<h2><span class="label">I/</span></h2>'


@pytest.mark.parametrize("medium", ["screen", "pdf", "text"])
@pytest.mark.parametrize(
    "block",
    [
        paragraph(),
        paragraph(" \u00a0", {"type": "hard_break"}),
        heading(),
        node("list", item(paragraph())),
        node("signature_block", node("signature_line")),
        node("signature_block"),
        node("agenda"),
        node("attendance"),
    ],
)
def test_draw_what_says_nothing_draws_nothing(block, medium):
    assert draw([section(block)], {}, medium) == ""
    assert draw([section(block)], None, medium) == ""


def test_draw_marks_are_nested_and_line_breaks_kept():
    content = (
        text("1"),
        text("er", "superscript"),
        {"type": "hard_break"},
        text("a", "italic", "bold"),
        text("b", "bold"),
    )
    assert drawn(paragraph(*content)) == "<p>1<sup>er</sup><br><strong><em>a</em>b</strong></p>"


def test_draw_link_partly_bold_is_one_link_on_screen():
    content = (
        text("le ", link()),
        text("site", "bold", link()),
        {"type": "hard_break", "marks": [link()]},
        text("a", link()),
    )
    assert drawn(paragraph(*content), medium="screen") == (
        '<p><a href="https://exemple.test/" rel="noreferrer">le <strong>site</strong><br>a</a></p>'
    )


def test_draw_link_in_a_pdf_holds_text_alone():
    content = (
        text("le ", link()),
        text("site", "bold", link()),
        {"type": "hard_break", "marks": [link()]},
        text("a", link()),
    )
    opening = '<a href="https://exemple.test/">'
    assert drawn(paragraph(*content)) == (
        f"<p>{opening}le </a><strong>{opening}site</a></strong><br>{opening}a</a></p>"
    )


def test_draw_link_without_a_name_is_not_a_link():
    assert drawn(paragraph("a", text(" ", link()), "b"), medium="screen") == "<p>a b</p>"


def test_draw_link_in_a_text_shows_its_address_once():
    content = text("le site", link()), text(", "), text("a@b.test", link("mailto:a@b.test"))
    assert drawn(paragraph(*content), medium="text") == "le site (https://exemple.test/), a@b.test"


def test_draw_list_keeps_each_marker_as_typed():
    blocks = node("list", item("un", marker="a)"), item("deux", node("list", item("trois")), marker=""))
    assert drawn(blocks) == (
        '<ul class="marked-list"><li><p><span class="marker">a) </span>un</p></li>'
        '<li><p>deux</p><ul class="marked-list"><li><p><span class="marker">– </span>trois</p></li></ul></li></ul>'
    )


def test_draw_list_empty_items_are_left_out():
    blocks = node("list", item(paragraph()), item("b"), item(paragraph(), node("list", item("c")), marker=""))
    assert drawn(blocks, medium="text") == "  – b\n    – c"


def test_draw_list_text_is_indented_by_level():
    blocks = node("list", item("un", paragraph("suite"), node("list", item("deux"))), item("trois"))
    assert drawn(blocks, medium="text") == "  – un\n    suite\n    – deux\n  – trois"


def test_draw_agenda_shows_labels_as_typed():
    assert drawn(node("agenda"), facts=FACTS) == (
        '<ul class="marked-list agenda"><li><p><span class="marker">1. </span>Accueil '
        '<span class="kind">(pour avis)</span></p></li><li><p>Questions</p></li></ul>'
    )
    assert drawn(node("agenda"), facts=FACTS, medium="text") == "  1. Accueil (pour avis)\n  Questions"


def test_draw_attendance_groups_have_headings_under_the_one_above():
    assert drawn(heading("Participants"), node("attendance"), facts=FACTS) == (
        '<h2>Participants</h2><h3 class="attendance-heading">Présents</h3>'
        '<ul class="attendance-lines"><li>Mme\u00a0A, maire</li><li>M.\u00a0B</li></ul>'
        '<h3 class="attendance-heading">Excusés</h3><ul class="attendance-lines"><li>Mme\u00a0C</li></ul>'
    )
    text = drawn(heading("Participants"), node("attendance"), facts=FACTS, medium="text")
    assert text == "Participants\n\nPrésents\n  Mme\u00a0A, maire\n  M.\u00a0B\n\nExcusés\n  Mme\u00a0C"


def test_draw_attendance_does_not_repeat_the_heading_just_above():
    text = drawn(heading("PRÉSENTS"), node("attendance"), facts=FACTS, medium="text")
    assert text == "PRÉSENTS\n\n  Mme\u00a0A, maire\n  M.\u00a0B\n\nExcusés\n  Mme\u00a0C"


def test_draw_attendance_in_another_section_keeps_its_heading():
    document = [section(heading("Présents")), section(node("attendance"))]
    assert draw(document, FACTS, "text").startswith("Présents\n\nPrésents\n  Mme\u00a0A")


def test_draw_heading_goes_with_the_fact_that_is_missing():
    present = heading("Présents"), node("attendance"), paragraph()
    assert drawn(*present, medium="text") == ""
    assert drawn(heading("Séance", label="1."), *present, heading("Suite"), medium="text") == "1. Séance\n\nSuite"
    assert drawn(*present, paragraph("Voir annexe."), medium="text") == "Présents\n\nVoir annexe."


def test_draw_signature_block_keeps_the_room_to_sign():
    lines = node("signature_line", "Pour le préfet,"), node("signature_line"), node("signature_line", "Mme A")
    assert drawn(node("signature_block", *lines)) == (
        '<div class="signature"><p>Pour le préfet,</p><div class="blank-line"></div><p>Mme\u00a0A</p></div>'
    )
    assert drawn(node("signature_block", *lines), medium="text") == "Pour le préfet,\n\nMme\u00a0A"


def test_draw_a_hundred_pages_takes_less_than_two_seconds_of_processor():
    runs = "Le comité prend acte du bilan présenté. " * 3, text("Les délais", "bold"), "sont tenus & suivis. " * 4
    document = [section(heading("Titre", label=f"{i}."), *[paragraph(*runs)] * 100) for i in range(30)]
    start = time.process_time()
    html = draw(document, {}, "screen")
    assert html.count("<p>") == 3000
    assert time.process_time() - start < 2


COLLEGES = {
    "attendance": [
        {"heading": "Présents", "lines": []},
        {"heading": "Usagers", "lines": ["Mme A"], "depth": 1},
        {"heading": "État", "lines": ["M. B"], "depth": 1},
        {"heading": "Excusés", "lines": ["Mme C"]},
        {"heading": "Absents", "lines": []},
        {"heading": "Usagers", "lines": [], "depth": 1},
    ]
}


def test_draw_attendance_by_college_has_two_levels_of_headings():
    assert drawn(node("attendance"), facts=COLLEGES) == (
        '<h2 class="attendance-heading">Présents</h2><h3 class="attendance-heading">Usagers</h3>'
        '<ul class="attendance-lines"><li>Mme\u00a0A</li></ul><h3 class="attendance-heading">État</h3>'
        '<ul class="attendance-lines"><li>M.\u00a0B</li></ul><h2 class="attendance-heading">Excusés</h2>'
        '<ul class="attendance-lines"><li>Mme\u00a0C</li></ul>'
    )
    text = drawn(node("attendance"), facts=COLLEGES, medium="text")
    assert text == "Présents\n\n  Usagers\n    Mme\u00a0A\n\n  État\n    M.\u00a0B\n\nExcusés\n  Mme\u00a0C"


def test_draw_attendance_skips_no_level_under_the_heading_it_would_repeat():
    html = drawn(heading("Présents"), node("attendance"), facts=COLLEGES)
    assert html.startswith('<h2>Présents</h2><h3 class="attendance-heading">Usagers</h3>')
