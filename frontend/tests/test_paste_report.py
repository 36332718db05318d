"""Pasting from word processors and the web: structure kept, styles dropped, and what could not be kept is said."""

import pytest
from clipboards import GOOGLE_DOCS, LIBREOFFICE, WEB, WORD
from playwright.sync_api import expect
from test_paste import paste
from test_structure import items, text_of


def marks_of(block) -> list:
    return [
        (run["text"], [mark["type"] for mark in run.get("marks", [])]) for run in block["content"] if "text" in run
    ]


def note(page):
    return page.locator(".mm-status__note")


def structure(blocks) -> list:
    """(type, text) of each block that says something."""
    return [(block["type"], " ".join(text_of(block).split())) for block in blocks if text_of(block).strip()]


def test_from_word(page, minutes):
    blocks = paste(page, minutes, WORD)
    assert structure(blocks) == [
        ("heading", "Point sur l’accueil"),
        ("heading", "1. Les guichets"),
        ("paragraph", "Le guichet ouvre à 9 h, le samedi aussi dès mai."),
        ("list", "Un banc dehors"),
        ("table", "MoisDélaimai3 j"),
    ]
    assert [block["attrs"]["level"] for block in blocks[:2]] == [1, 2]
    assert ("9 h", ["bold"]) in marks_of(blocks[2])
    table = blocks[-1]["content"]
    assert [cell["type"] for row in table for cell in row["content"]] == [*["table_header"] * 2, *["table_cell"] * 2]
    expect(note(page)).to_have_text(
        "Collé. 1 image, 4 couleurs, 1 soulignement et 1 commentaire n’ont pas été repris."
    )
    assert page.evaluate("window.violations") == []


def test_from_libreoffice(page, minutes):
    blocks = paste(page, minutes, LIBREOFFICE)
    assert structure(blocks)[0] == ("heading", "Bilan de l’année")
    assert ("er", ["superscript"]) in marks_of(blocks[1])
    assert items(blocks[2]) == [["a)", "Premier", [["1.", "Dedans"]]], ["b)", "Second"]]
    expect(note(page)).to_have_text("Collé. 1 couleur et 1 passage barré n’ont pas été repris.")


def test_from_google_docs(page, minutes):
    blocks = paste(page, minutes, GOOGLE_DOCS)
    assert structure(blocks) == [("heading", "Horaires"), ("paragraph", "Ouvert le matin surtout"), ("list", "UnDeux")]
    assert marks_of(blocks[1]) == [("Ouvert", ["bold"]), (" le matin", ["italic"]), (" surtout", [])]
    assert items(blocks[2]) == [["–", "Un", [["–", "Deux"]]]]
    expect(note(page)).to_have_text("Collé. 1 image et 1 soulignement n’ont pas été repris.")


def test_from_the_web(page, minutes):
    blocks = paste(page, minutes, WEB)
    assert ("heading", "Vos démarches") in structure(blocks)
    assert ("paragraph", "Voir la page ou l’ancienne.") in structure(blocks)
    expect(note(page)).to_have_text(
        "Collé. 1 vidéo ou objet, 1 couleur, 2 liens et 1 champ de formulaire n’ont pas été repris."
    )
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(("html", "text"), [("<p>Un <b>mot</b>.</p>", ""), (None, "Un mot.")])
def test_nothing_is_said_when_everything_is_kept(page, minutes, html, text):
    paste(page, minutes, '<p style="color:red">Rouge</p>')
    expect(note(page)).to_have_text("Collé. 1 couleur n’a pas été reprise.")
    paste(page, minutes, html, text)
    expect(note(page)).to_be_hidden()


def test_what_is_said_is_announced_and_may_be_put_away(page, minutes):
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => window.said.push(document.querySelector('.mm-editor [aria-live=polite]').textContent))
        .observe(document.querySelector('.mm-editor [aria-live=polite]'), {childList: true}) }"""
    )
    paste(page, minutes, '<p style="color:red">Rouge</p>')
    assert "Collé. 1 couleur n’a pas été reprise." in page.evaluate("window.said")
    page.get_by_role("button", name="Masquer ce message").click()
    expect(note(page)).to_be_hidden()
