"""What a checked tree says, before any drawing: its plain text, what is blank, how deep its headings are."""

from collections.abc import Iterator
from typing import Any

from .nodes import NODES, attribute


def text_of(node: dict) -> str:
    """Return the plain text of a node, a space for a line break."""
    if node["type"] == "text":
        return node["text"]
    return " " if node["type"] == "hard_break" else "".join(text_of(child) for child in node.get("content", ()))


def known_facts(facts: dict[str, Any] | None) -> dict[str, list]:
    """Return the facts that say something: agenda items with a label or a title, attendance groups with lines."""
    facts = facts or {}
    agenda = [item for item in facts.get("agenda") or () if item.get("label") or item.get("title")]
    groups = [
        {"heading": (group.get("heading") or "").strip(), "lines": [line for line in group["lines"] if line.strip()]}
        for group in facts.get("attendance") or ()
    ]
    return {"agenda": agenda, "attendance": [group for group in groups if group["lines"]]}


def is_blank(node: dict, facts: dict[str, list]) -> bool:
    """True when nothing is to be read in the node: no text, no label, no caption, no known fact."""
    kind = node["type"]
    if kind == "text":
        return not node["text"].strip()
    if NODES[kind].is_fact:
        return not facts[kind]
    if kind == "heading" and attribute(node, "label").strip():
        return False
    if kind == "table" and attribute(node, "caption").strip():
        return False
    return all(is_blank(child, facts) for child in node.get("content", ()))


def drawn_blocks(section: dict, facts: dict[str, list]) -> list[dict]:
    """Return the blocks of a section that have something to show.

    A heading goes with a fact that nothing is known of, when it has nothing else under it: missing is never an
    empty heading. A heading under which nothing was typed stays, for it was typed.
    """
    return [
        node
        for passage in _passages(section.get("content", []))
        if not _only_announces_missing_facts(passage, facts)
        for node in passage
        if not is_blank(node, facts)
    ]


def _passages(blocks: list[dict]) -> Iterator[list[dict]]:
    """Yield each heading with what follows it, until the next one."""
    starts = [index for index, node in enumerate(blocks) if index == 0 or node["type"] == "heading"]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        yield blocks[start:end]


def _only_announces_missing_facts(passage: list[dict], facts: dict[str, list]) -> bool:
    body = passage[1:] if passage[0]["type"] == "heading" else passage
    return any(NODES[node["type"]].is_fact for node in body) and all(is_blank(node, facts) for node in body)


class HeadingDepth:
    """Turns the levels typed into depths without a gap: 1, 3, 3, 2 becomes 1, 2, 2, 2."""

    def __init__(self):
        self.open: list[int] = []

    def enter(self, level: int) -> int:
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        return self.current

    @property
    def current(self) -> int:
        return len(self.open)
