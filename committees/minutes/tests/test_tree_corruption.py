"""One corruption of a valid tree, wherever it falls, is refused."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.minutes.tree.errors import TreeError
from committees.minutes.tree.schema import check_section

from . import trees
from .trees import link, paragraph, section, text, walk

STRANGER = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
ANY = {
    "unknown type": lambda node: node.update(type="svg"),
    "no type": lambda node: node.pop("type"),
    "unknown key": lambda node: node.update(html="<b>"),
    "marks of another type": lambda node: node.update(marks={"type": "bold"}),
    "unknown mark": lambda node: node.update(marks=[{"type": "style"}]),
    "deceiving link": lambda node: node.update(marks=[link("javascript:alert(1)")]),
}
TEXT = {
    "empty": lambda node: node.update(text=""),
    "null character": lambda node: node.update(text=node["text"] + "\x00"),
    "half a character": lambda node: node.update(text="\ud83d" + node["text"]),
    "not a text": lambda node: node.update(text=None),
    "twice the same mark": lambda node: node.update(marks=[{"type": "bold"}, {"type": "bold"}]),
    "content": lambda node: node.update(content=[]),
}
CONTAINER = {
    "unknown attribute": lambda node: node.update(attrs={**node.get("attrs", {}), "onclick": "x"}),
    "attributes of another type": lambda node: node.update(attrs=[]),
    "text in place of nodes": lambda node: node.update(content="<b>"),
    "section inside": lambda node: node.setdefault("content", []).append(section()),
    "row inside": lambda node: node.setdefault("content", []).insert(0, {"type": "table_row"}),
    "null inside": lambda node: node.setdefault("content", []).append(None),
}
OF_TYPE = {
    "section": {
        "no id": lambda node: node["attrs"].pop("id"),
        "stray text": lambda node: node["content"].append(text("a")),
    },
    "paragraph": {"paragraph inside": lambda node: node.setdefault("content", []).append(paragraph())},
    "heading": {"level 5": lambda node: node.update(attrs={"level": 5})},
    "list": {"no item": lambda node: node.update(content=[])},
    "list_item": {"no first paragraph": lambda node: node["content"].pop(0) and node["content"].clear()},
    "table_cell": {"21 columns": lambda node: node.update(attrs={"colspan": 21})},
    "table_header": {"true rows": lambda node: node.update(attrs={"rowspan": True})},
    "table_row": {"no cell": lambda node: node.update(content=[])},
    "exchange": {"nobody speaks": lambda node: node.update(content=[])},
    "remark": {
        "no id": lambda node: node["attrs"].pop("id"),
        "unknown kind": lambda node: node["attrs"].update(kind="cri"),
        "list first": lambda node: node["content"].insert(0, {"type": "list"}),
    },
    "answer": {"answers a stranger": lambda node: node.update(attrs={"answers": [STRANGER]})},
    "decision": {"unknown kind": lambda node: node.update(attrs={"kind": "oukase"})},
    "action": {
        "no id": lambda node: node["attrs"].pop("id"),
        "no title": lambda node: node["attrs"].pop("title"),
        "content": lambda node: node.update(content=[paragraph()]),
    },
    "dossier": {"text inside": lambda node: node.update(content=[text("a")])},
    "attendance": {"unknown layout": lambda node: node.update(attrs={"layout": "free"})},
}


def corruptions(node):
    general = TEXT if node["type"] == "text" else CONTAINER
    return ANY | general | OF_TYPE.get(node["type"], {})


@given(trees.sections, st.data())
def test_I02_check_section_one_corruption_is_refused(tree, data):
    check_section(tree)
    tree = copy.deepcopy(tree)
    target = data.draw(st.sampled_from(list(walk(tree))), label="node")
    name = data.draw(st.sampled_from(sorted(corruptions(target))), label="corruption")
    corruptions(target)[name](target)
    with pytest.raises(TreeError) as refusal:
        check_section(tree)
    assert refusal.value.message.endswith(".")
