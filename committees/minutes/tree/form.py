"""The canonical form of a checked tree."""

import json

from .nodes import MARKS, NODES

MARK_RANK = {name: rank for rank, name in enumerate(MARKS)}


def compact_bytes(tree) -> bytes:
    """Return the UTF-8 JSON of a tree, keys sorted, without spaces."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def canonical_form(node: dict) -> dict:
    """Return a checked node with defaults written, marks in the order of nodes.json, neighbouring texts merged.

    An attribute added since texts were sealed is left out at its default: their hashes stay what they were.
    """
    rules = NODES[node["type"]].attrs
    attrs = {name: rule["default"] for name, rule in rules.items() if "default" in rule} | node.get("attrs", {})
    attrs = {name: value for name, value in attrs.items() if not _omitted(rules[name], value)}
    marks = sorted(map(_mark, node.get("marks", [])), key=lambda mark: MARK_RANK[mark["type"]])
    content = _merged([canonical_form(child) for child in node.get("content", [])])
    written = {"attrs": attrs, "text": node.get("text"), "marks": marks, "content": content}
    return {"type": node["type"]} | {key: value for key, value in written.items() if value}


def _omitted(rule: dict, value) -> bool:
    return rule.get("omitted", False) and value == rule["default"]


def _mark(mark: dict) -> dict:
    return {"type": mark["type"]} | ({"attrs": dict(mark["attrs"])} if mark.get("attrs") else {})


def _merged(nodes: list[dict]) -> list[dict]:
    merged: list[dict] = []
    for node in nodes:
        last = merged[-1] if merged else {}
        if node["type"] == last.get("type") == "text" and node.get("marks") == last.get("marks"):
            last["text"] += node["text"]
        else:
            merged.append(node)
    return merged
