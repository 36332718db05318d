"""The first proposition of a minutes, from the agenda of its meeting."""

import re
from collections.abc import Collection, Iterable, Mapping
from uuid import uuid4

from .attributes import UNPRINTABLE
from .nodes import LIMITS


def new_minutes(
    agenda: Iterable[Mapping[str, str | int]], signature_lines: Iterable[str] = (), rules: Collection[str] = ()
) -> list[dict]:
    """Return the sections of a new minutes: preamble, attendance, agenda, one per item, closing, signature.

    `agenda` holds {"label", "title", "depth"} (1 for a sub-item); an empty signature line is the room for a signature
    by hand. `rules`: those that are on, « quorum » and « votes »: whether the committee may decide is said before the
    first item, once who came and what is discussed are known; what it decided, after the last.
    """
    quorum, votes = ([_section({"type": name})] if name in rules else [] for name in ("quorum", "votes"))
    return [
        _section(_paragraph()),
        _section(_heading("Présents"), {"type": "attendance", "attrs": {"layout": "grouped"}}),
        _section(_heading("Ordre du jour"), {"type": "agenda"}),
        *quorum,
        *(_section(_heading(item["title"], item["label"], 1 + item.get("depth", 0)), _paragraph()) for item in agenda),
        *votes,
        _section(_paragraph()),
        _section({"type": "signature_block", "content": [_line(line) for line in signature_lines]}),
    ]


def _section(*content: dict) -> dict:
    return {"type": "section", "attrs": {"id": str(uuid4())}, "content": list(content)}


def _paragraph() -> dict:
    return {"type": "paragraph"}


def _heading(text: str, label: str = "", level: int = 1) -> dict:
    label = _printable(label)[: LIMITS["text_attribute_length"]]
    return {"type": "heading", "attrs": {"label": label, "level": level}, **_texts(text)}


def _line(text: str) -> dict:
    return {"type": "signature_line", **_texts(text)}


def _texts(text: str) -> dict:
    text = _printable(text)
    return {"content": [{"type": "text", "text": text}]} if text else {}


def _printable(text: str) -> str:
    """Return a title typed elsewhere as one line; no-break spaces stay."""
    return re.sub(f"{UNPRINTABLE.pattern}+", " ", text or "").strip(" ")
