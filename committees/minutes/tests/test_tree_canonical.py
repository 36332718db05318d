import copy
import hashlib
import json

import pytest
from hypothesis import given

from committees.minutes.tree.canonical import canonical_bytes, normalise, text_hash
from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.nodes import LIMITS
from committees.minutes.tree.schema import check_section

from . import trees
from .trees import cell, heading, item, link, node, paragraph, section, table, text

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@given(trees.sections)
def test_I02_normalise_twice_equals_once(tree):
    before = copy.deepcopy(tree)
    once = normalise(tree)
    assert normalise(once) == once
    assert tree == before


@given(trees.sections)
def test_normalise_through_json_keeps_the_hash(tree):
    stored = json.loads(json.dumps(normalise(tree)))
    assert text_hash([stored]) == text_hash([tree])


def test_normalise_writes_the_defaults_that_the_editor_writes():
    tree = section(heading("a"), node("list", item("b")), table([cell("c")]), node("attendance"), paragraph(), id=ID)
    blocks = normalise(tree)["content"]
    assert [block.get("attrs") for block in blocks] == [
        {"label": "", "level": 1}, None, {"caption": ""}, {"layout": "grouped"}, None,
    ]  # fmt: skip
    assert blocks[1]["content"][0]["attrs"] == {"marker": "–"}
    assert blocks[2]["content"][0]["content"][0]["attrs"] == {"colspan": 1, "rowspan": 1}
    assert blocks[4] == {"type": "paragraph"}


def test_normalise_merges_texts_of_the_same_marks_in_any_order():
    tree = section(paragraph(text("a", "italic", link()), text("b", link(), "italic"), text("c"), text("d")))
    assert normalise(tree)["content"][0]["content"] == [text("ab", "italic", link()), text("cd")]


def test_normalise_keeps_texts_of_different_links_apart():
    tree = section(paragraph(text("a", link("https://a.test")), text("b", link("https://b.test"))))
    assert len(normalise(tree)["content"][0]["content"]) == 2


def test_normalise_refused_section_raises():
    with pytest.raises(TreeError):
        normalise(section(node("iframe")))


def test_check_section_that_its_defaults_make_too_long_is_refused():
    bare = {"type": "table_cell", "content": [{"type": "paragraph"}]}
    rows = [[bare] * 20 for _ in range(LIMITS["section_bytes"] // 55 // 20)]
    tree = section(table(*rows))
    assert len(json.dumps(tree, separators=(",", ":"))) < LIMITS["section_bytes"] * 1.1
    with pytest.raises(TreeError, match="trop longue"):
        check_section(tree)


def test_canonical_bytes_are_compact_sorted_utf8():
    assert (
        canonical_bytes([section(paragraph("é"), id=ID)])
        == (
            '[{"attrs":{"id":"' + ID + '"},"content":[{"content":[{"text":"é","type":"text"}],"type":"paragraph"}],'
            '"type":"section"}]'
        ).encode()
    )


def test_text_hash_is_the_sha256_of_the_canonical_bytes_and_sees_the_order():
    one, two = section(paragraph("a")), section(paragraph("b"))
    assert text_hash([one, two]) == hashlib.sha256(canonical_bytes([one, two])).hexdigest()
    assert text_hash([one, two]) != text_hash([two, one])
