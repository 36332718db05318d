"""What prose is made of besides paragraphs: run-in headings, quotations, separators, page breaks, notes, contents."""

import pytest

from committees.minutes.tree.canonical import normalise
from committees.minutes.tree.draw import draw
from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.schema import check_section

from .trees import cell, header, heading, item, node, paragraph, section, table, text

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"


def drawn(*blocks, medium="screen", facts=None):
    """Return what is inside the section."""
    whole = draw([section(*blocks, id=ID)], facts, medium)
    return whole.partition("\n")[2].removesuffix("\n</section>") if whole.startswith("<section") else whole


def note(words):
    return node("footnote", text=words)


def breaks_in(*sections):
    return draw([section(*blocks) for blocks in sections], None, "pdf").count("page-break")


def test_draw_run_in_heading_stands_on_the_line_of_its_paragraph():
    blocks = heading("Accueil :", form="run_in"), paragraph("les délais sont tenus."), paragraph("Suite.")
    assert drawn(*blocks) == (
        '<div class="run-in"><h2>Accueil :</h2> <p>les délais sont tenus.</p></div>\n<p>Suite.</p>'
    )
    assert drawn(*blocks, medium="text") == "Accueil : les délais sont tenus.\n\nSuite."


@pytest.mark.parametrize(
    "following", [[], [node("list", item("a"))], [heading("Autre")]], ids=["end", "list", "heading"]
)
def test_draw_run_in_heading_without_a_paragraph_stands_alone(following):
    assert '<div class="run-in"><h2>Accueil :</h2></div>' in drawn(heading("Accueil :", form="run_in"), *following)


def test_draw_run_in_heading_passes_over_an_empty_paragraph():
    found = drawn(heading("A :", form="run_in"), paragraph(), paragraph("b"), medium="text")
    assert found == "A : b"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ([text("Titre", "italic")], "<em>1)</em>"),
        ([text("Ti", "italic"), text("tre", "italic", "bold")], "<em>1)</em>"),
        ([text("Ti", "italic"), text("tre")], "1)"),
        ([], "1)"),
    ],
    ids=["italic", "italic and bold", "partly", "no text"],
)
def test_draw_label_of_a_heading_all_in_italic_is_in_italic(words, label):
    assert f'<span class="label">{label}</span>' in drawn(heading(*words, label="1)"))


def test_draw_heading_keeps_capitals_and_small_initials_as_typed():
    typed = "TEMPS D’ECHANGES", "le service qualité"
    assert drawn(*map(heading, typed), medium="text") == "\n\n".join(typed)


def test_draw_quotation_and_its_source():
    blocks = node("quotation", paragraph("« Dit. »"), node("list", item("a")), paragraph(), source="Mme A")
    assert drawn(blocks, medium="text") == "  « Dit. »\n  – a\n— Mme\u00a0A"
    assert drawn(blocks).startswith("<blockquote>\n<p>« Dit. »</p>")
    assert '<p class="quotation-source">— Mme\u00a0A</p>\n</blockquote>' in drawn(blocks)
    assert drawn(node("quotation", paragraph())) == ""


@pytest.mark.parametrize("sign", ["*", "* * *", "⁂", "———"])
def test_draw_separator_as_typed(sign):
    assert drawn(node("separator", sign)) == f'<p class="separator">{sign}</p>'
    assert drawn(paragraph("a"), node("separator", sign), medium="text") == f"a\n\n{sign}"


def test_draw_empty_separator_is_not_drawn():
    assert drawn(node("separator")) == ""


def test_draw_page_break_is_in_the_pdf_alone():
    blocks = paragraph("a"), node("page_break"), paragraph("b")
    assert drawn(*blocks, medium="pdf") == '<p>a</p>\n<div class="page-break"></div>\n<p>b</p>'
    assert drawn(*blocks) == "<p>a</p>\n<p>b</p>"
    assert drawn(*blocks, medium="text") == "a\n\nb"


@pytest.mark.parametrize(
    ("sections", "count"),
    [
        ([["a", "|", "b"]], 1),
        ([["|", "a"]], 0),
        ([["a", "|"]], 0),
        ([["a", "|", "|", "b"]], 1),
        ([["a", "|"], ["|", "b"]], 1),
        ([["a", "|"], ["b"]], 1),
        ([["a"], ["|"], ["b", "|", "c"]], 2),
        ([["|"]], 0),
    ],
)
def test_draw_page_break_never_leaves_a_blank_page(sections, count):
    blocks = [[node("page_break") if sign == "|" else paragraph(sign) for sign in signs] for signs in sections]
    assert breaks_in(*blocks) == count


def test_draw_page_break_stays_where_a_heading_of_missing_facts_goes():
    assert (
        breaks_in([paragraph("a")], [heading("Annexes"), node("annexes"), node("page_break")], [paragraph("b")]) == 1
    )
    assert "Annexes" not in draw([section(heading("Annexes"), node("annexes"), node("page_break"))], None, "screen")


def test_draw_notes_are_numbered_by_rank_over_sections_and_follow_the_text():
    first = section(paragraph("délais", note("Les ouvrés.")), table([header("a")], [cell("b")]), id=ID)
    first["content"][1]["content"][1]["content"][0]["content"][0]["content"].append(note("Cellule."))
    second = section(heading("Fin", note("Titre.")), paragraph("vide", note(" ")), id=OTHER)
    assert draw([first, second], None, "text") == (
        "délais[1]\n\na\nb[2]\n\nFin[3]\n\nvide\n\n[1] Les ouvrés.\n[2] Cellule.\n[3] Titre."
    )


def test_draw_note_on_screen_leads_to_its_text_and_back():
    found = drawn(paragraph("a", note("Dit.")))
    assert '<p>a<sup><a id="note-call-1" href="#note-1" aria-label="Note 1">1</a></sup></p>' in found
    assert '<li id="note-1"><a href="#note-call-1" aria-label="Note 1, revenir au texte">1</a> Dit.</li>' in found


def test_draw_note_in_a_link_or_in_bold_is_drawn_apart():
    marks = ["bold", {"type": "link", "attrs": {"href": "https://exemple.test/"}}]
    words = text("a", *marks), note("Dit.") | {"marks": text("", *marks)["marks"]}, text("b", *marks)
    found = drawn(paragraph(*words))
    assert found.count("<strong>") == found.count('<a href="https://exemple.test/"') == 2
    assert "</strong></a><sup><a id" in found


def test_draw_contents_lists_the_headings_as_deep_as_asked():
    text_of = lambda levels: drawn(  # noqa: E731
        node("table_of_contents", levels=levels), heading("Un", label="1)"), heading("Deux", level=2), medium="text"
    )
    assert text_of(1) == "Sommaire\n  1) Un\n\n1) Un\n\nDeux"
    assert text_of(2) == "Sommaire\n  1) Un\n    Deux\n\n1) Un\n\nDeux"


@pytest.mark.parametrize("medium", ["screen", "pdf"])
def test_draw_contents_lead_to_the_headings(medium):
    document = [
        section(node("table_of_contents", title=""), id=OTHER),
        section(heading("Un"), heading("Accueil :", level=2, form="run_in"), paragraph("a"), id=ID),
    ]
    found = draw(document, None, medium)
    places = f'<section id="s-{ID}"', f'<h3 id="s-{ID}-2">'
    links = f'<a href="#s-{ID}">Un</a>', f'<a href="#s-{ID}-2">Accueil :</a>'
    assert [piece for piece in (*places, *links) if piece not in found] == []
    assert "contents-title" not in found


def test_draw_contents_without_heading_is_not_drawn():
    assert drawn(node("table_of_contents"), paragraph("a"), medium="text") == "a"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (node("separator", text("*", "bold")), "La mise en forme n’est pas admise à cet endroit."),
        (node("separator", node("footnote")), "L’élément « séparateur » ne peut pas contenir"),
        (node("quotation"), "L’élément « citation » ne peut pas être vide."),
        (node("quotation", node("quotation", paragraph("a"))), "L’élément « citation » ne peut pas contenir"),
        (node("page_break", "a"), "L’élément « saut de page » ne peut pas contenir"),
        (node("table_of_contents", levels=5), "Le nombre de niveaux du sommaire doit être un nombre entier de 1 à 4."),
        (paragraph(node("footnote", text="a" * 1001)), "Le texte de la note dépasse 1000 caractères."),
        (paragraph(node("footnote", text="a\nb")), "Un caractère invisible (U+000A)"),
        (paragraph(node("footnote", "a")), "L’élément « note de bas de page » ne peut pas contenir"),
        (heading("a", form="side"), "La forme du titre « side » n’existe pas."),
    ],
)
def test_check_section_refuses(block, message):
    with pytest.raises(TreeError) as refusal:
        check_section(section(block))
    assert refusal.value.message.startswith(message)


def test_check_section_takes_the_longest_note():
    check_section(section(paragraph(node("footnote", text="a" * 1000))))


@pytest.mark.parametrize(
    ("block", "name", "default", "other"),
    [
        (heading("a"), "form", "block", "run_in"),
        (table([cell("a")]), "columns", "equal", "values"),
    ],
)
def test_normalise_leaves_out_what_came_after_texts_were_sealed(block, name, default, other):
    attrs = lambda value: normalise(section(block | {"attrs": {name: value}}))["content"][0]["attrs"]  # noqa: E731
    assert name not in attrs(default)
    assert attrs(other)[name] == other
