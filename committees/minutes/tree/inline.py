"""Drawing of what runs along a line: texts, line breaks, marks."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .media import Medium

# From the outside in. A link comes first: partly bold, it stays one link for a keyboard and for a screen reader.
NESTING = ("link", "bold", "italic", "superscript")


def draw_inline(medium: Medium, nodes: Sequence[dict]) -> str:
    return _marked(medium, nodes, NESTING if any(node.get("marks") for node in nodes) else ())


def _marked(medium: Medium, nodes: Iterable[dict], marks: Sequence[str]) -> str:
    if not marks:
        return medium.join(_leaf(medium, node) for node in nodes)
    mark, inner = marks[0], marks[1:]
    return medium.join(
        _wrapped(medium, mark, attrs, list(run), inner) for attrs, run in groupby(nodes, key=lambda n: _attrs(n, mark))
    )


def _wrapped(medium: Medium, mark: str, attrs: dict | None, run: list[dict], inner: Sequence[str]) -> str:
    """Draw a run that bears a mark or not; a mark on white space alone is dropped: a link without a name is a trap."""
    content = _marked(medium, run, inner)
    text = "".join(node.get("text", "") for node in run).strip()
    if attrs is None or not text:
        return content
    return medium.fill(mark, content=content, is_bare=attrs.get("href", "").removeprefix("mailto:") == text, **attrs)


def _attrs(node: dict, name: str) -> dict | None:
    """Return the attributes of a mark of the node, None without that mark."""
    return next((mark.get("attrs", {}) for mark in node.get("marks", ()) if mark["type"] == name), None)


def _leaf(medium: Medium, node: dict) -> str:
    return medium.fill("text", text=node["text"]) if node["type"] == "text" else medium.fill("hard_break", end="\n")
