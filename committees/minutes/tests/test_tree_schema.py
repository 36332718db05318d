import pytest
from hypothesis import given, settings

from committees.minutes.tree import nodes, schema
from committees.minutes.tree.errors import ATTRIBUTE_NAMES, NODE_NAMES, TreeError
from committees.minutes.tree.schema import check_section, check_sections

from . import trees
from .trees import heading, item, link, node, paragraph, section, text


def refused(*blocks, **attrs):
    """Return (message, path) of the refusal of a section made of these blocks."""
    with pytest.raises(TreeError) as refusal:
        check_section(section(*blocks, **attrs))
    return refusal.value.message, refusal.value.path


@settings(max_examples=40)
@given(trees.documents)
def test_check_sections_generated_document_is_accepted(document):
    check_sections(document)


@pytest.mark.parametrize(
    ("block", "path"),
    [
        (node("iframe"), ("content", 0)),
        ({"type": ["paragraph"]}, ("content", 0)),
        ({"text": "sans type"}, ("content", 0)),
        ("du texte", ("content", 0)),
        (None, ("content", 0)),
        (text("hors paragraphe"), ("content",)),
        (section(), ("content",)),
        (node("list"), ("content", 0, "content")),
        (node("list", item(heading("a"))), ("content", 0, "content", 0, "content")),
        (node("list", node("list_item", node("list", item("a")))), ("content", 0, "content", 0, "content")),
        (node("agenda", paragraph()), ("content", 0, "content")),
        ({"type": "paragraph", "content": "du texte"}, ("content", 0, "content")),
        ({"type": "paragraph", "content": None}, ("content", 0, "content")),
        ({"type": "paragraph", "html": "<b>"}, ("content", 0)),
        ({"type": "paragraph", "": 1}, ("content", 0)),
        ({"type": "paragraph", "attrs": None}, ("content", 0, "attrs")),
        ({"type": "paragraph", "attrs": {"style": "x"}}, ("content", 0, "attrs", "style")),
        ({"type": "paragraph", "marks": [{"type": "bold"}]}, ("content", 0, "marks", 0)),
    ],
)
def test_I02_check_section_what_the_schema_lacks_is_refused(block, path):
    assert refused(block)[1] == path


@pytest.mark.parametrize(
    "given",
    [
        {"marks": [{"type": "underline"}]},
        {"marks": ["bold"]},
        {"marks": None},
        {"marks": [{"type": "bold"}, {"type": "bold"}]},
        {"marks": [{"type": "link", "attrs": {}}]},
        {"marks": [{"type": "bold", "attrs": {"class": "x"}}]},
        {"marks": [{"type": "bold", "onclick": "x"}]},
        {"attrs": {}},
        {"content": []},
        {"text": ""},
        {"text": 3},
        {"text": "a\x00b"},
        {"text": "a\tb"},
        {"text": "a\nb"},
        {"text": "a\x85b"},
        {"text": "a\ud800b"},
        {"text": "a\uffffb"},
    ],
)
def test_I02_check_section_malformed_text_is_refused(given):
    assert refused(paragraph("avant", {"type": "text", "text": "a", **given}))[1][:4] == ("content", 0, "content", 1)


def test_check_section_mark_in_a_signature_line_is_refused():
    message, path = refused(node("signature_block", node("signature_line", text("signé", "bold"))))
    assert message == "La mise en forme n’est pas admise à cet endroit."
    assert path == ("content", 0, "content", 0, "content", 0, "marks", 0)


def test_check_section_second_heading_first_is_accepted_anywhere_as_a_block():
    check_section(section(heading("a"), paragraph(), heading("b")))


@pytest.mark.parametrize("tree", [None, [], "section", {}, {"type": "doc"}, {"type": "paragraph"}])
def test_check_section_what_is_not_a_section_is_refused(tree):
    with pytest.raises(TreeError):
        check_section(tree)


def nested_lists(depth):
    tree = node("list", item("au fond"))
    for _ in range(depth - 1):
        tree = node("list", item("a", tree))
    return tree


def test_I03_check_section_three_levels_of_lists_and_not_four():
    check_section(section(nested_lists(3)))
    assert refused(nested_lists(4))[0] == "Les listes ont au plus 3 niveaux."


def test_I03_check_section_three_thousand_levels_are_refused_with_a_sentence():
    assert refused(nested_lists(3000))[0] == "Les listes ont au plus 3 niveaux."


def test_I03_check_section_depth_counts_every_level(monkeypatch):
    # A section, three lists and their items, a paragraph and its text.
    monkeypatch.setitem(nodes.LIMITS, "depth", 9)
    check_section(section(nested_lists(3)))
    monkeypatch.setitem(nodes.LIMITS, "depth", 8)
    assert refused(nested_lists(3))[0] == "Les éléments sont imbriqués trop profondément."


def test_I03_check_section_size_is_counted_in_bytes_of_utf8():
    empty = len(schema.compact_bytes(section(paragraph("x")))) - 1
    room = nodes.LIMITS["section_bytes"] - empty
    check_section(section(paragraph("é" * (room // 2))))
    assert "trop longue" in refused(paragraph("é" * (room // 2 + 1)))[0]


def test_check_section_nine_signature_lines_are_refused():
    lines = [node("signature_line") for _ in range(9)]
    check_section(section(node("signature_block", *lines[:8])))
    assert refused(node("signature_block", *lines))[0] == "Un bloc de signature a au plus 8 lignes."


def test_check_sections_two_sections_with_one_id_are_refused():
    twin = section(paragraph("a"))
    with pytest.raises(TreeError) as refusal:
        check_sections([twin, section(), {**twin, "content": []}])
    assert refusal.value.path == (2, "attrs", "id")


def test_check_sections_path_begins_with_the_rank_of_the_section():
    with pytest.raises(TreeError) as refusal:
        check_sections([section(), section(heading("a", level=9))])
    assert refusal.value.path == (1, "content", 0, "attrs", "level")


def test_check_section_refusal_names_the_section():
    id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    with pytest.raises(TreeError) as refusal:
        check_sections([section(), section(heading("a", level=9), id=id)])
    assert refusal.value.section == id


@pytest.mark.parametrize("attrs", [None, [], {}, {"id": None}, {"id": "<b>"}])
def test_check_section_refusal_of_a_section_without_a_readable_id_names_none(attrs):
    with pytest.raises(TreeError) as refusal:
        check_section({"type": "section", "attrs": attrs})
    assert refusal.value.section == ""


def test_check_sections_anything_but_a_list_is_refused():
    with pytest.raises(TreeError):
        check_sections({"sections": []})


def test_messages_every_node_and_attribute_has_a_french_name():
    attributes = {name for kind in nodes.NODES.values() for name in kind.attrs} | {"href"}
    assert set(NODE_NAMES) == set(nodes.NODES)
    assert set(ATTRIBUTE_NAMES) == attributes


def test_messages_unknown_name_is_shown_short_and_printable():
    message, _ = refused({"type": "x\x00" + "y" * 500})
    assert message == f"L’élément « x?{'y' * 38} » n’existe pas dans un compte-rendu."


def test_messages_misplaced_children_are_named_in_french():
    message, _ = refused(paragraph(paragraph(), node("list", item("a", nested_lists(1)))))
    assert message == "L’élément « paragraphe » ne peut pas contenir, dans cet ordre : paragraphe, liste."


def test_check_section_links_of_both_schemes_are_accepted():
    check_section(section(paragraph(text("a", link("https://exemple.test/é")), text("b", link("mailto:a@b.test")))))
