"""Drawing of what runs along a line: texts, line breaks, marks."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from .footnotes import Footnotes
from .media import Medium

LETTERS = ("bold", "italic", "superscript")


def draw_inline(notes: Footnotes, nodes: Sequence[dict]) -> str:
    """Draw texts, line breaks and calls of notes.

    A link is the outermost mark: partly bold, it stays one link for a keyboard and for a screen reader. In a PDF it is
    the innermost and holds text alone: WeasyPrint 70 repeats the link on each element inside it, which PDF/UA refuses.
    """
    if not any(node.get("marks") for node in nodes):
        return _marked(notes, nodes, ())
    return _marked(notes, nodes, (*LETTERS, "link") if notes.medium.links_hold_text_only else ("link", *LETTERS))


def _marked(notes: Footnotes, nodes: Iterable[dict], marks: Sequence[str]) -> str:
    medium = notes.medium
    if not marks:
        return medium.join([_leaf(notes, node) for node in nodes])
    mark, inner = marks[0], marks[1:]
    runs = groupby(nodes, key=lambda node: _attrs(medium, node, mark))
    return medium.join([_wrapped(notes, mark, attrs, list(run), inner) for attrs, run in runs])


def _wrapped(notes: Footnotes, mark: str, attrs: dict | None, run: list[dict], inner: Sequence[str]) -> str:
    """Draw a run that bears a mark or not; a mark on white space alone is dropped: a link without a name is a trap."""
    content = _marked(notes, run, inner)
    text = "".join(node.get("text", "") for node in run).strip()
    if attrs is None or not text:
        return content
    bare = attrs.get("href", "").removeprefix("mailto:") == text
    return notes.medium.fill(mark, content=content, is_bare=bare, **attrs)


def _attrs(medium: Medium, node: dict, name: str) -> dict | None:
    """Return the attributes of a mark of the node, None without that mark. A note, called by a link, bears none."""
    if node["type"] == "footnote" or (name == "link" and medium.links_hold_text_only and node["type"] != "text"):
        return None
    return next((mark.get("attrs", {}) for mark in node.get("marks", ()) if mark["type"] == name), None)


def _leaf(notes: Footnotes, node: dict) -> str:
    if node["type"] == "footnote":
        return notes.call(node)
    medium = notes.medium
    return medium.fill("text", text=node["text"]) if node["type"] == "text" else medium.fill("hard_break", end="\n")
