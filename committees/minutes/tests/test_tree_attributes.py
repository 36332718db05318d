import pytest

from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.schema import check_section

from .trees import cell, heading, item, link, node, paragraph, section, table, text


def message_of(*blocks, **attrs):
    with pytest.raises(TreeError) as refusal:
        check_section(section(*blocks, **attrs))
    return refusal.value.message


@pytest.mark.parametrize(
    "href",
    [
        "https://exemple.test",
        "HTTPS://exemple.test:8443/a/b?c=d|e&f=(g)#h",
        "https://préfecture.test/réunion",
        "mailto:accueil@exemple.test",
        "mailto:accueil@exemple.test?subject=Compte-rendu",
        "https://exemple.test/" + "a" * 1979,
    ],
)
def test_I03_href_to_a_page_or_a_mailbox_is_accepted(href):
    check_section(section(paragraph(text("a", link(href)))))


@pytest.mark.parametrize(
    "href",
    [
        "", "a", "/a", "#a", "?a", "//exemple.test", "/\\exemple.test", "\\\\exemple.test", "https:", "https://",
        "https:exemple.test", "https:/exemple.test", "https:///a", "https:\\\\exemple.test", "https://exemple.test\\a",
        "http://exemple.test", "ftp://exemple.test", "javascript:alert(1)", "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "javascript://exemple.test/%0aalert(1)", " https://exemple.test", "https://exemple.test/ a",
        "https://a\nb.test",
        "\x01https://exemple.test", "https://exemple.test/\u2028a", "data:text/html,a", "vbscript:a",
        "blob:https://a.test",
        "https://banque.test@exemple.test", "https://a:b@exemple.test", "https://[::1", "https://exemple.test:99999",
        "https://exemple.test:port", 'https://exemple.test/"a', "https://exemple.test/<a", "mailto:", "mailto:a",
        "mailto:a@b.test,c@d.test", "mailto:a@b.test?cc=c@d.test", "mailto:a @b.test",
        "https://exemple.test/" + "a" * 1980, None, 3, ["https://exemple.test"],
    ],
)  # fmt: skip
def test_I03_href_to_anything_else_is_refused(href):
    with pytest.raises(TreeError) as refusal:
        check_section(section(paragraph(text("a", link(href)))))
    assert refusal.value.path == ("content", 0, "content", 0, "marks", 0, "attrs", "href")


@pytest.mark.parametrize(
    "id",
    ["", "1", "3F2504E0-4F89-41D3-9A0C-0305E82C3301", "{3f2504e0-4f89-41d3-9a0c-0305e82c3301}",
     "3f2504e04f8941d39a0c0305e82c3301", '3f2504e0-4f89-41d3-9a0c-0305e82c3301"', 3],
)  # fmt: skip
def test_uuid_in_another_form_is_refused(id):
    assert message_of(id=id) == "L’identifiant n’est pas valable."


def test_uuid_missing_is_refused():
    with pytest.raises(TreeError) as refusal:
        check_section({"type": "section"})
    assert refusal.value.message == "Il manque l’identifiant."


@pytest.mark.parametrize("level", [0, 5, -1, "1", 1.0, True, None, [1]])
def test_integer_out_of_bounds_or_of_another_type_is_refused(level):
    assert message_of(heading("a", level=level)) == "Le niveau du titre doit être un nombre entier de 1 à 4."


@pytest.mark.parametrize("span", [0, 21, 10**30])
def test_I03_span_out_of_bounds_is_refused(span):
    check_section(section(table([cell("a", colspan=20)])))
    assert message_of(table([cell("a", colspan=span)])).endswith("doit être un nombre entier de 1 à 20.")


@pytest.mark.parametrize("layout", ["", "GROUPED", "table", ["grouped"], None])
def test_choice_outside_the_list_is_refused(layout):
    assert message_of(node("attendance", layout=layout)).startswith("La présentation de la liste de présence")


def test_text_of_300_characters_and_not_301():
    check_section(section(heading(label="é" * 300)))
    assert message_of(heading(label="é" * 301)) == "Le numéro du titre dépasse 300 caractères."


@pytest.mark.parametrize("marker", ["a\x00", "\n", "a\tb", "\x7f", "\udc80", None, 1])
def test_text_attribute_with_a_control_character_or_of_another_type_is_refused(marker):
    check_section(section(node("list", item("a", marker="➔\u00a0"))))
    message_of(node("list", item("a", marker=marker)))


def test_text_refusal_says_where_the_invisible_character_is():
    message = message_of(paragraph("Le quorum est atteint\x0b."))
    assert message == "Un caractère invisible (U+000B) est à effacer après « e quorum est atteint »."
