"""What a checked tree says, before any drawing: its plain text, what is blank, how deep its headings are."""

from collections.abc import Iterator
from itertools import pairwise

from .nodes import NODES, attribute

# The attribute of a node that is read even where the node holds no text.
SPEAKING = {
    "heading": "label",
    "table": "caption",
    "exchange": "opening",
    "remark": "speaker",
    "answer": "speaker",
    "action": "title",
    "quotation": "source",
    "footnote": "text",
}
# For who reads the tree without its facts: each fact is taken to be known.
ALL_KNOWN = {name: [name] for name, node in NODES.items() if node.is_fact}


def text_of(node: dict) -> str:
    """Return the plain text of a node, a space for a line break."""
    if node["type"] == "text":
        return node["text"]
    return " " if node["type"] == "hard_break" else "".join(text_of(child) for child in node.get("content", ()))


def is_blank(node: dict, facts: dict[str, list]) -> bool:
    """True when nothing is to be read in the node: no text, no label, no caption, no speaker, no known fact."""
    kind = node["type"]
    if kind == "text":
        return not node["text"].strip()
    if NODES[kind].is_fact:
        return not facts[kind] or node.get("attrs", {}).get("layout") == "none"
    if kind == "table_of_contents":
        return False
    if kind in SPEAKING and attribute(node, SPEAKING[kind]).strip():
        return False
    return all(is_blank(child, facts) for child in node.get("content", ()))


def drawn_blocks(section: dict, facts: dict[str, list]) -> list[dict]:
    """Return the blocks of a section that have something to show, page breaks included.

    A heading goes with a fact that nothing is known of, when it has nothing else under it: missing is never an
    empty heading. A heading under which nothing was typed stays, for it was typed.
    """
    return [node for passage in _passages(section.get("content", [])) for node in _kept(passage, facts)]


def _kept(passage: list[dict], facts: dict[str, list]) -> list[dict]:
    announces_nothing = _only_announces_missing_facts(passage, facts)
    return [
        node for node in passage if node["type"] == "page_break" or not (announces_nothing or is_blank(node, facts))
    ]


def with_opened_paragraphs(blocks: list[dict]) -> Iterator[tuple[dict, dict | None]]:
    """Yield each block, a run-in heading with the paragraph that follows it: they stand on one line."""
    remaining = pairwise([*blocks, None])
    for node, following in remaining:
        opens = node["type"] == "heading" and attribute(node, "form") == "run_in"
        if opens and following is not None and following["type"] == "paragraph":
            next(remaining)
            yield node, following
        else:
            yield node, None


def is_italic(heading: dict) -> bool:
    """True when all the text of a heading is in italic."""
    texts = [child for child in heading.get("content", ()) if child["type"] == "text" and child["text"].strip()]
    return bool(texts) and all({"type": "italic"} in child.get("marks", ()) for child in texts)


def _passages(blocks: list[dict]) -> Iterator[list[dict]]:
    """Yield each heading with what follows it, until the next one."""
    passage: list[dict] = []
    for node in blocks:
        if node["type"] == "heading" and passage:
            yield passage
            passage = []
        passage.append(node)
    if passage:
        yield passage


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
