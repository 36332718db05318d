"""Drawing of what runs along a line: texts, line breaks, marks."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .media import Medium

LETTERS = ("bold", "italic", "superscript")


def draw_inline(medium: Medium, nodes: Sequence[dict]) -> str:
    """Draw texts and line breaks.

    A link is the outermost mark: partly bold, it stays one link for a keyboard and for a screen reader. In a PDF it is
    the innermost and holds text alone: WeasyPrint 70 repeats the link on each element inside it, which PDF/UA refuses.
    """
    if not any(node.get("marks") for node in nodes):
        return _marked(medium, nodes, ())
    return _marked(medium, nodes, (*LETTERS, "link") if medium.links_hold_text_only else ("link", *LETTERS))


def _marked(medium: Medium, nodes: Iterable[dict], marks: Sequence[str]) -> str:
    if not marks:
        return medium.join(_leaf(medium, node) for node in nodes)
    mark, inner = marks[0], marks[1:]
    runs = groupby(nodes, key=lambda node: _attrs(medium, node, mark))
    return medium.join(_wrapped(medium, mark, attrs, list(run), inner) for attrs, run in runs)


def _wrapped(medium: Medium, mark: str, attrs: dict | None, run: list[dict], inner: Sequence[str]) -> str:
    """Draw a run that bears a mark or not; a mark on white space alone is dropped: a link without a name is a trap."""
    content = _marked(medium, run, inner)
    text = "".join(node.get("text", "") for node in run).strip()
    if attrs is None or not text:
        return content
    return medium.fill(mark, content=content, is_bare=attrs.get("href", "").removeprefix("mailto:") == text, **attrs)


def _attrs(medium: Medium, node: dict, name: str) -> dict | None:
    """Return the attributes of a mark of the node, None without that mark."""
    if name == "link" and medium.links_hold_text_only and node["type"] != "text":
        return None
    return next((mark.get("attrs", {}) for mark in node.get("marks", ()) if mark["type"] == name), None)


def _leaf(medium: Medium, node: dict) -> str:
    return medium.fill("text", text=node["text"]) if node["type"] == "text" else medium.fill("hard_break", end="\n")
