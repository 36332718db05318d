import re
import unicodedata
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clu_portal.lib.text import (
    clean_line,
    content_disposition,
    day_in_words,
    keep_together,
    of_whom,
    proposed_slug,
    safe_file_name,
)

any_text = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Compte-rendu du CLU", "Compte-rendu du CLU"),
        ("  Mme Durand\t", "Mme Durand"),
        ("Objet\r\nBcc: autre@exemple.fr", "Objet Bcc: autre@exemple.fr"),
        ("a\vb\fc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", "a b c d e f g h i"),
        ("nul\x00 et\x07 sonnette\x7f\x9f", "nul et sonnette"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("\ufeffdébut", "début"),
        ("demi \ud800 paire", "demi  paire"),
        ("95\u00a0% des appels", "95\u00a0% des appels"),
        ("e\u0301te\u0301", "été"),
        ("نامه\u200cها", "نامه\u200cها"),
        (" \u200d nom \u200c", "nom"),
        ("\r\n\x00\u2028", ""),
    ],
)
def test_I07_clean_line(typed, cleaned):
    assert clean_line(typed) == cleaned


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x01", "\u2028\u2029", "\u00a0\u200b", "\u200d"])
def test_I07_clean_line_nothing_left_where_required_is_refused(typed):
    with pytest.raises(ValueError, match="vide"):
        clean_line(typed, required=True)


@given(any_text)
@example("a\r\nb")
def test_I07_clean_line_always_fits_in_a_header_a_database_and_one_line(typed):
    line = clean_line(typed)
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    line.encode()
    message = EmailMessage(policy=SMTP)
    message["Subject"] = line
    message.as_bytes()
    assert clean_line(line) == line


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Compte-rendu été 2026.pdf", "Compte-rendu été 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe"),
        ("/etc/shadow", "shadow"),
        ("C:\\temp\\note.pdf", "note.pdf"),
        ("C:note.pdf", "C_note.pdf"),
        ("note.pdf::$DATA", "note.pdf__$DATA"),
        (".htaccess", "htaccess"),
        ("...", "document"),
        ("..", "document"),
        ("", "document"),
        ("dossier/", "document"),
        ("-rf.pdf", "rf.pdf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("Com1 .txt", "_Com1.txt"),
        ("LPT².pdf", "_LPT².pdf"),
        ("conseil.pdf", "conseil.pdf"),
        ("fin.pdf. . ", "fin.pdf"),
        ("a\x00\r\nb\u202e.pdf", "a b.pdf"),
        ('"<devis>|?*.pdf', "__devis____.pdf"),
        ("a\v.pdf", "a.pdf"),
    ],
)
def test_F06_safe_file_name(given_name, safe):
    assert safe_file_name(given_name) == safe


def test_F06_safe_file_name_very_long_keeps_its_extension():
    assert safe_file_name("a" * 5000 + ".pdf") == "a" * 116 + ".pdf"
    assert safe_file_name("a." + "b" * 5000, max_length=50) == "a." + "b" * 48
    assert len(safe_file_name("é" * 5000 + ".pdf", max_length=5000).encode()) == 240


@given(any_text, st.integers(20, 200))
@example("con." + "x" * 200, 20)
@example("a" * 15 + " .pdf", 20)
@example("a" * 19 + "\u200dbc", 20)
@example(".\u200d-bc", 20)
@example("/\u00a0nom\u2003.pdf", 20)
def test_F06_safe_file_name_is_always_only_a_name(typed, max_length):
    name = safe_file_name(typed, max_length)
    assert not re.search(r"^[\s.\u200c\u200d-]|[\s.\u200c\u200d]$", name)
    assert 1 <= len(name) <= max_length
    assert len(name.encode()) <= 255
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]', name)
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)", name.partition(".")[0].strip().lower())
    assert safe_file_name(name, max_length) == name


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("CR 12.pdf", "attachment; filename=\"CR 12.pdf\"; filename*=UTF-8''CR%2012.pdf"),
        ("été.pdf", "attachment; filename=\"ete.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf"),
        ("100%.pdf", "attachment; filename=\"100_.pdf\"; filename*=UTF-8''100%25.pdf"),
        ("l'avis.pdf", "attachment; filename=\"l'avis.pdf\"; filename*=UTF-8''l%27avis.pdf"),
        ("日本.pdf", "attachment; filename=\"document.pdf\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
        ('a";b=".pdf', "attachment; filename=\"a__b=_.pdf\"; filename*=UTF-8''a_%3Bb%3D_.pdf"),
    ],
)
def test_F06_content_disposition_gives_both_forms(name, header):
    assert content_disposition(name) == header


def test_F06_content_disposition_inline():
    assert content_disposition("a.pdf", inline=True).startswith("inline; ")


@given(any_text)
def test_F06_content_disposition_always_reads_back(name):
    header = content_disposition(name)
    plain, encoded = re.fullmatch(r"attachment; filename=\"([^\"\\]+)\"; filename\*=UTF-8''(\S+)", header).groups()
    assert header.isascii()
    assert header.isprintable()
    assert unquote(encoded, errors="strict") == safe_file_name(name)
    assert "%" not in plain


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 1, 1), "mardi 1er janvier 2019"),
        (date(2019, 1, 11), "vendredi 11 janvier 2019"),
        (date(2019, 1, 2), "mercredi 2 janvier 2019"),
    ],
)
def test_day_in_words_says_the_first_of_a_month(day, words):
    assert day_in_words(day) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("M. Brun et Mme Colin", "M.\u00a0Brun et Mme\u00a0Colin"),
        ("MM. Brun et Colin, Mmes Aubert et Diaz", "MM.\u00a0Brun et Colin, Mmes\u00a0Aubert et Diaz"),
        ("M. le secrétaire général", "M.\u00a0le secrétaire général"),
        ("Mme ", "Mme\u00a0"),
        ("ligne A. M. Brun", "ligne A. M.\u00a0Brun"),
        ("M. – absent", "M. – absent"),
        ("Le CM. Suite", "Le CM. Suite"),
        ("Madame Brun, 5 m de haut", "Madame Brun, 5 m de haut"),
        ("Arrêté n° 2022-127 du 3 mars", "Arrêté n°\u00a02022-127 du 3 mars"),
        ("N° 4, n°s 5 et 6", "N°\u00a04, n°s\u00a05 et 6"),
        ("arrêté n° [numéro]", "arrêté n°\u00a0[numéro]"),
        ("1°) un 20° degré n°", "1°) un 20° degré n°"),
    ],
)
def test_keep_together_holds_a_short_civility_or_a_number_and_nothing_else(typed, kept):
    assert keep_together(typed) == kept


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Préfecture de la Valmarche", "valmarche"),
        ("Préfecture des Hautes-Bruyes", "hautes-bruyes"),
        ("Préfecture du Territoire de Fortargent", "territoire-de-fortargent"),
        ("Préfecture de l\u2019Œuvre", "oeuvre"),
        ("Préfecture d'Île", "ile"),
        ("  préfecture de Corrèze ", "correze"),
        ("Collectivité de Mer", "collectivite-de-mer"),
        ("Préfecture", "prefecture"),
        ("…", ""),
        ("a" * 60, "a" * 50),
        (f"{'a' * 49} b", "a" * 49),
    ],
)
def test_proposed_slug_is_the_name_of_the_department(name, slug):
    assert proposed_slug(name) == slug


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("M. Brun", "de M. Brun"),
        ("Alice", "d'Alice"),
        ("Éric", "d'Éric"),
        ("le directeur", "du directeur"),
        ("les maires", "des maires"),
        ("la directrice", "de la directrice"),
    ],
)
def test_of_whom_elides_and_contracts(name, said):
    assert of_whom(name) == said
