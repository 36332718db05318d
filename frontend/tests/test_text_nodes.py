"""What prose is made of besides paragraphs, typed and pasted: each as it is stored."""

import pytest
from conftest import FIRST
from editor_actions import blocks, save, text_area, text_of, type_after
from playwright.sync_api import expect
from test_paste import paste


def stored(page, minutes):
    """Saves, and gives the blocks after the heading of the first section."""
    save(page)
    return blocks(minutes, FIRST)[1:]


def new_line(page):
    type_after(page, "La séance", "")
    page.keyboard.press("Enter")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def said(block):
    return block["type"], text_of(block)


def tool(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.mark.parametrize("sign", ["*", "***", "* * *", "⁂"])
def test_a_sign_alone_on_its_line_becomes_a_separator(page, minutes, sign):
    new_line(page)
    page.keyboard.type(sign)
    press(page, "Enter")
    page.keyboard.type("Suite")
    assert [said(block) for block in stored(page, minutes)[1:]] == [("separator", sign), ("paragraph", "Suite")]
    press(page, "Home", "Backspace")
    assert [said(block) for block in stored(page, minutes)[1:]] == [("paragraph", "Suite")]


def test_a_star_after_words_or_in_a_list_is_no_separator(page, minutes):
    new_line(page)
    page.keyboard.type("a *")
    press(page, "Enter")
    page.keyboard.type("- *")
    press(page, "Enter")
    assert [block["type"] for block in stored(page, minutes)[1:]] == ["paragraph", "list"]


def test_tools_put_separator_break_and_contents_after_the_paragraph_and_typing_goes_on(page, minutes):
    type_after(page, "La séance", "")
    press(page, "Home")
    for name in ("Insérer un séparateur centré", "Insérer un saut de page", "Insérer le sommaire"):
        tool(page, name).click()
        page.keyboard.type(name[:9])
    assert [said(block) for block in stored(page, minutes)] == [
        ("paragraph", "La séance est ouverte."), ("separator", "*"), ("paragraph", "Insérer u"),
        ("page_break", ""), ("paragraph", "Insérer u"), ("table_of_contents", ""), ("paragraph", "Insérer l"),
    ]  # fmt: skip


def test_contents_have_a_title_and_a_depth_chosen_in_place(page, minutes):
    type_after(page, "La séance", "")
    tool(page, "Insérer le sommaire").click()
    page.get_by_label("Titre du sommaire (facultatif)").fill("Table")
    page.get_by_label("Profondeur du sommaire").select_option("3")
    [found] = [block for block in stored(page, minutes) if block["type"] == "table_of_contents"]
    assert found["attrs"] == {"title": "Table", "levels": 3}


@pytest.mark.parametrize("name", ["Insérer un échange", "Insérer une décision"])
def test_a_block_inserted_within_a_paragraph_leaves_it_whole(page, minutes, name):
    type_after(page, "La séance", "")
    press(page, "Home", "ArrowRight", "ArrowRight", "ArrowRight")
    tool(page, name).click()
    page.keyboard.type("Dit.")
    found = [said(block) for block in stored(page, minutes)]
    assert found[0] == ("paragraph", "La séance est ouverte.")
    assert found[1][1] == "Dit."


def test_words_before_the_cursor_become_a_heading_on_the_line_of_the_rest(page, minutes):
    new_line(page)
    page.keyboard.type("Accueil : les délais sont tenus.")
    press(page, "Home", *["ArrowRight"] * len("Accueil :"), "Control+Shift+Digit5")
    heading, paragraph = stored(page, minutes)[1:]
    assert (said(heading), heading["attrs"]["form"]) == (("heading", "Accueil\u00a0:"), "run_in")
    assert heading["attrs"]["level"] == 2
    assert said(paragraph) == ("paragraph", "les délais sont tenus.")
    text_area(page).get_by_text("Accueil :", exact=True).click()
    expect(tool(page, "Titre en tête de paragraphe")).to_have_attribute("aria-pressed", "true")
    tool(page, "Titre en tête de paragraphe").click()
    assert stored(page, minutes)[1]["attrs"]["form"] == "block"


def test_nothing_before_the_cursor_makes_no_heading(page, minutes):
    type_after(page, "La séance", "")
    press(page, "Home")
    expect(tool(page, "Titre en tête de paragraphe")).to_have_attribute("aria-disabled", "true")
    press(page, "Control+Shift+Digit5")
    assert [said(block) for block in stored(page, minutes)] == [("paragraph", "La séance est ouverte.")]


def test_a_quotation_is_made_and_unmade_and_names_its_source(page, minutes):
    new_line(page)
    page.keyboard.type("« Dit. »")
    press(page, "Control+Shift+Digit6", "End", "Enter")
    page.keyboard.type("Encore")
    press(page, "F2")
    expect(page.get_by_label("Qui ou quoi est cité (facultatif), imprimé après")).to_be_focused()
    page.keyboard.type("Mme A")
    press(page, "Escape")
    quotation = stored(page, minutes)[1]
    assert (quotation["type"], quotation["attrs"]) == ("quotation", {"source": "Mme A"})
    assert [text_of(one) for one in quotation["content"]] == ["«\u00a0Dit.\u00a0»", "Encore"]
    type_after(page, "Encore", "")
    press(page, "Enter", "Enter")
    page.keyboard.type("Dehors")
    assert said(stored(page, minutes)[2]) == ("paragraph", "Dehors")


def note_field(page):
    return page.get_by_label("Texte de la note de bas de page")


def test_a_note_is_typed_where_it_is_called(page, minutes):
    type_after(page, "La séance", "")
    press(page, "Control+Shift+Digit7")
    expect(note_field(page)).to_be_focused()
    page.keyboard.type("Jours ouvrés.")
    press(page, "Enter")
    page.keyboard.type(" Suite")
    words, note, after = stored(page, minutes)[0]["content"]
    assert (words["text"], after["text"]) == ("La séance est ouverte.", " Suite")
    assert (note["type"], note["attrs"]) == ("footnote", {"text": "Jours ouvrés."})


def test_a_note_is_reached_and_removed_with_the_keyboard(page, minutes):
    type_after(page, "La séance", "")
    press(page, "Control+Shift+Digit7")
    page.keyboard.type("Une.")
    press(page, "Enter", "ArrowLeft", "Enter")
    expect(note_field(page)).to_be_focused()
    press(page, "End")
    page.keyboard.type(" Deux.")
    press(page, "ArrowRight")
    assert stored(page, minutes)[0]["content"][1]["attrs"] == {"text": "Une. Deux."}
    press(page, "Backspace")
    assert len(stored(page, minutes)[0]["content"]) == 2
    press(page, "Backspace")
    assert text_of(stored(page, minutes)[0]) == "La séance est ouverte."
    assert len(blocks(minutes, FIRST)[1]["content"]) == 1
    press(page, "Control+z")
    assert stored(page, minutes)[0]["content"][1]["attrs"] == {"text": "Une. Deux."}


def test_an_empty_note_goes_with_backspace_and_lines_pasted_in_one_become_one(page, minutes):
    type_after(page, "La séance", "")
    tool(page, "Insérer une note de bas de page").click()
    expect(note_field(page)).to_be_focused()
    press(page, "Backspace")
    expect(text_area(page)).to_be_focused()
    tool(page, "Insérer une note de bas de page").click()
    note_field(page).fill("un\ndeux")
    assert stored(page, minutes)[0]["content"][1]["attrs"] == {"text": "un deux"}


def test_first_row_and_first_column_become_headers(page, minutes):
    new_line(page)
    tool(page, "Insérer un tableau").click()
    tool(page, "Ligne d’en-tête").click()
    tool(page, "Colonne d’en-tête").click()
    tool(page, "Colonnes de valeurs, étroites").click()
    [table] = [block for block in stored(page, minutes) if block["type"] == "table"]
    assert [[cell["type"] for cell in row["content"]] for row in table["content"]] == [
        ["table_header", "table_cell", "table_cell"]
    ] * 3
    assert table["attrs"] == {"caption": "", "columns": "values"}


def test_an_exchange_is_told_by_organisation(page, minutes):
    type_after(page, "La séance", "")
    tool(page, "Insérer un échange").click()
    field = page.get_by_label("Organisation (vide : la même que ci-dessus)")
    expect(field).to_be_hidden()
    page.get_by_label("Présentation de l’échange").select_option("by_organisation")
    field.fill("Association A")
    [exchange] = [block for block in stored(page, minutes) if block["type"] == "exchange"]
    assert exchange["attrs"]["presentation"] == "by_organisation"
    assert exchange["content"][0]["attrs"]["organisation"] == "Association A"


PASTED = """<blockquote><p>Dit.</p></blockquote><hr><p align=center>* * *</p>
<p class=MsoNormal><span><br clear=all style='mso-special-character:line-break;page-break-before:always'></span></p>
<p>délais<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a> tenus</p>
<div><hr align=left size=1><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"><span>[1]</span></a> Jours
ouvrés.</p></div></div>"""


def test_word_quotations_separators_breaks_and_notes_are_read(page, minutes):
    found = paste(page, minutes, PASTED)
    assert [said(block) for block in found[:5]] == [
        ("quotation", "Dit."), ("separator", "*"), ("separator", "* * *"), ("page_break", ""), ("paragraph", "délais tenus"),
    ]  # fmt: skip
    assert found[4]["content"][1]["attrs"] == {"text": "Jours ouvrés."}


def test_what_is_copied_here_is_pasted_the_same(page, minutes, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    type_after(page, "La séance", "")
    press(page, "Control+Shift+Digit7")
    page.keyboard.type("Note.")
    press(page, "Enter")
    tool(page, "Insérer un saut de page").click()
    page.keyboard.type("*")
    press(page, "Enter", "Control+Shift+Digit6")
    page.keyboard.type("Dit.")
    before = stored(page, minutes)
    press(page, "Control+a", "Control+c", "Control+v")
    save(page)
    assert blocks(minutes, minutes.order[1][0])[1:] == before
    assert page.evaluate("window.violations") == []
