"""The pieces of a printed paper, drawn alike by templates/pdf/composition.html and templates/odt/content.xml."""

from collections.abc import Sequence

from clu_portal.lib.text import keep_together


def heading(text: str, level: int = 2) -> dict:
    return {"kind": "heading", "text": keep_together(text), "level": level}


def lines(*texts: str, kind: str = "text", new_page: bool = False) -> dict:
    """Lines one under the other, those that are empty left out; kind: text, letterhead, right."""
    return {"kind": kind, "lines": [keep_together(text) for text in texts if text], "new_page": new_page}


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Sequence[str]]]) -> dict:
    """Each cell is a list of lines; the first cell of a row names it."""
    held = [[[keep_together(line) for line in cell] for cell in row] for row in rows]
    return {"kind": "table", "caption": keep_together(caption), "head": list(head), "rows": held}
