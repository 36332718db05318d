import pytest

from clu_portal.organisations.layout_rules import (
    agrees,
    authority_lines,
    contact_lines,
    filled,
    object_line,
    order_of_head,
    signature_lines,
    unknown_blanks,
)

LINE = "Préfet du Territoire de Fortargent"


@pytest.mark.parametrize(
    ("line", "capitals", "broken", "printed"),
    [
        (LINE, False, False, [LINE]),
        (LINE, True, False, ["PRÉFET DU TERRITOIRE DE FORTARGENT"]),
        (LINE, True, True, ["PRÉFET", "DU TERRITOIRE", "DE FORTARGENT"]),
        ("Préfète de l'Ombreuse", False, True, ["Préfète", "de l'Ombreuse"]),
        ("Préfète des Hautes-Bruyes", False, True, ["Préfète", "des Hautes-Bruyes"]),
        ("Préfet d'Esparre", False, True, ["Préfet", "d'Esparre"]),
        ("", True, True, []),
    ],
)
def test_authority_lines_are_printed_as_chosen(line, capitals, broken, printed):
    assert authority_lines(line, capitals=capitals, broken=broken) == printed


@pytest.mark.parametrize(
    ("line", "gender", "agreed"),
    [
        ("Préfète de la Valmarche", "feminine", True),
        ("Préfète de la Valmarche", "masculine", False),
        ("PRÉFET DE LA VALMARCHE", "masculine", True),
        ("PRÉFET DE LA VALMARCHE", "feminine", False),
        ("PREFETE DE LA VALMARCHE", "feminine", True),
        ("Haut-commissaire de la République", "feminine", True),
        ("", "feminine", True),
    ],
)
def test_agrees_compares_the_first_word_with_the_gender(line, gender, agreed):
    assert agrees(line, gender) is agreed


@pytest.mark.parametrize(
    ("before", "by_hand", "after", "lines"),
    [
        (("", "", ""), False, ("", ""), []),
        (
            ("La Préfète", "P/La Préfète", "La SG"),
            False,
            ("signé", "N."),
            ["La Préfète", "P/La Préfète", "La SG", "signé", "N."],
        ),
        (("", "", "Le SG"), True, ("", "N."), ["Le SG", "", "N."]),
        (("", "Pour le préfet,", ""), False, ("", ""), ["Pour le préfet,"]),
        (("", "", ""), True, ("", ""), [""]),
    ],
)
def test_signature_lines_keep_what_is_typed_and_the_room_for_a_hand(before, by_hand, after, lines):
    assert signature_lines(before, by_hand=by_hand, after=after) == lines


@pytest.mark.parametrize(
    ("label", "agents", "details", "lines"),
    [
        (
            "Affaire suivie par :",
            ["A. Un", "B. Deux"],
            ["Tél : 01"],
            ["Affaire suivie par : A. Un", "B. Deux", "Tél : 01"],
        ),
        ("Dossier suivi par", ["A. Un / B. Deux"], [], ["Dossier suivi par A. Un / B. Deux"]),
        ("", ["A. Un"], ["a@b.example"], ["A. Un", "a@b.example"]),
        ("Suivi :", [], ["01"], ["Suivi :", "01"]),
        ("", [], [], []),
    ],
)
def test_contact_lines_put_the_label_before_the_first_agent(label, agents, details, lines):
    assert contact_lines(label, agents, details) == lines


def test_filled_puts_the_words_of_the_meeting_and_leaves_the_others():
    words = {"comité": "CLU", "date": "5 avril 2026"}
    assert filled("Objet : {comité} du { Date } {autre}", words) == "Objet : CLU du 5 avril 2026 {autre}"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("{comité} {date} {jour}", []), ("{ DATE }", []), ("{salle}", ["salle"]), ("{}", [""]), ("x", [])],
)
def test_unknown_blanks_are_those_nobody_fills(text, unknown):
    assert unknown_blanks(text) == unknown


@pytest.mark.parametrize(
    ("order", "form", "first", "last"),
    [
        ("letter", "bold", "top", "title"),
        ("title_first", "capitals", "title", "references"),
        ("date_first", "object", "top", "title"),
        ("letter", "table", "top", "title"),
    ],
)
def test_order_of_head_begins_and_ends_as_chosen(order, form, first, last):
    blocks = order_of_head(order, form)
    assert (blocks[0], blocks[-1]) == (first, last)
    assert ("contacts" in blocks) is (form != "table")
    assert ("place_and_date" in blocks) is (form != "table")


@pytest.mark.parametrize("label", ["Objet :", "OBJET :", "objet :"])
def test_object_line_is_found_whatever_its_case(label):
    lines = [{"label": "Réf. :", "text": "x"}, {"label": label, "text": "réunion"}]
    assert object_line(lines) is lines[1]
    assert object_line(lines[:1]) is None
