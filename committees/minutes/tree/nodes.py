"""The nodes and marks of the minutes, read once from nodes.json, which the editor reads too."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import Pattern

from .expression import compile_expression

SCHEMA = json.loads((Path(__file__).parent / "nodes.json").read_text("utf-8"))
LIMITS, TOP = SCHEMA["limits"], SCHEMA["top"]
MARKS = {name: mark["attrs"] for name, mark in SCHEMA["marks"].items()}


@dataclass(frozen=True)
class NodeType:
    content: Pattern
    attrs: dict
    marks: frozenset[str]
    is_inline: bool
    is_fact: bool


def _read_nodes() -> dict[str, NodeType]:
    groups: dict[str, list[str]] = {}
    for name, node in SCHEMA["nodes"].items():
        groups.setdefault(node.get("group", ""), []).append(name)
    return {
        name: NodeType(
            content=compile_expression(node.get("content", ""), SCHEMA["nodes"], groups),
            attrs=node.get("attrs", {}),
            marks=frozenset(node["marks"].split() if "marks" in node else MARKS),
            is_inline=node.get("group") == "inline",
            is_fact=node.get("fact", False),
        )
        for name, node in SCHEMA["nodes"].items()
    }


NODES = _read_nodes()


def attribute(node: dict, name: str):
    """Return an attribute of a checked node, or its default."""
    given = node.get("attrs", {})
    return given[name] if name in given else NODES[node["type"]].attrs[name]["default"]


def nodes_of(tree: dict) -> Iterator[dict]:
    """The node and all that it holds, in the order of reading."""
    yield tree
    for child in tree.get("content", ()):
        yield from nodes_of(child)
