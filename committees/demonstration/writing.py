"""Minutes written as Python: each function returns a node of the tree (committees/minutes/tree/nodes.json).

A text takes **bold**, *italic*, ^superscript^, [words](https://…) and {{a footnote}}; its no-break spaces are put by
`typed`.
"""

import re
from collections.abc import Iterable, Sequence
from uuid import uuid4

NO_BREAK = "\u00a0"
BEFORE_OR_AFTER = re.compile(r"(?<=«) | (?=[»:;?!%])")
MARKS = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+?)\*|\^(?P<superscript>[^^]+?)\^|\[(?P<words>[^]]+)\]\((?P<href>[^)]+)\)"
    r"|\{\{(?P<footnote>.+?)\}\}"
)


def typed(words: str) -> str:
    """The words with the no-break spaces of French typography."""
    return BEFORE_OR_AFTER.sub(NO_BREAK, words)


def section(*blocks: dict) -> dict:
    return {"type": "section", "attrs": {"id": str(uuid4())}, "content": list(blocks)}


def heading(label: str, words: str = "", level: int = 1) -> dict:
    return {"type": "heading", "attrs": {"label": label, "level": level}, "content": inline(words)}


def run_in(words: str, following: str, level: int) -> list[dict]:
    """A heading on the line of the paragraph that follows."""
    attrs = {"label": "", "level": level, "form": "run_in"}
    return [{"type": "heading", "attrs": attrs, "content": inline(words)}, paragraph(following)]


def contents(levels: int) -> dict:
    return {"type": "table_of_contents", "attrs": {"levels": levels}}


def separator(sign: str = "*") -> dict:
    return {"type": "separator", "content": plain(sign)}


def page_break() -> dict:
    return {"type": "page_break"}


def quotation(words: str, source: str = "") -> dict:
    return {"type": "quotation", "attrs": {"source": source}, "content": [paragraph(words)]}


def paragraph(words: str) -> dict:
    return {"type": "paragraph", "content": inline(words)}


def inline(words: str) -> list[dict]:
    words, nodes, position = typed(words), [], 0
    for match in MARKS.finditer(words):
        nodes += plain(words[position : match.start()])
        nodes.append(marked(match))
        position = match.end()
    return nodes + plain(words[position:])


def plain(words: str) -> list[dict]:
    return [{"type": "text", "text": words}] if words else []


def marked(match: re.Match) -> dict:
    if match["href"]:
        mark = {"type": "link", "attrs": {"href": match["href"]}}
        return {"type": "text", "text": match["words"], "marks": [mark]}
    if match["footnote"]:
        return {"type": "footnote", "attrs": {"text": match["footnote"]}}
    name = match.lastgroup
    return {"type": "text", "text": match[name], "marks": [{"type": name}]}


def marked_list(marker: str, *items: str | Sequence) -> dict:
    """« – », « ➔ », « ✓ » or « {}) », numbered from 1; an item that holds a list is (words, list)."""
    content = [list_item(marker.format(number), item) for number, item in enumerate(items, start=1)]
    return {"type": "list", "content": content}


def list_item(marker: str, item: str | Sequence) -> dict:
    words, *inside = [item] if isinstance(item, str) else item
    content = [paragraph(words), *(paragraph(one) if isinstance(one, str) else one for one in inside)]
    return {"type": "list_item", "attrs": {"marker": marker}, "content": content}


def dashes(*items: str | Sequence) -> dict:
    return marked_list("–", *items)


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], columns: str = "equal") -> dict:
    """A table whose first column heads its rows; without `head`, no row heads the columns."""
    heads = [row([cell("table_header", words) for words in head])] if head else []
    body = [row([cell("table_header", first), *(cell("table_cell", one) for one in rest)]) for first, *rest in rows]
    return {"type": "table", "attrs": {"caption": typed(caption), "columns": columns}, "content": [*heads, *body]}


def row(cells: list[dict]) -> dict:
    return {"type": "table_row", "content": cells}


def cell(kind: str, words: str) -> dict:
    return {"type": kind, "content": [paragraph(words)]}


def agenda() -> dict:
    return {"type": "agenda"}


def attendance(layout: str = "grouped") -> dict:
    return {"type": "attendance", "attrs": {"layout": layout}}


def annexes(pages: str = "listed") -> dict:
    return {"type": "annexes", "attrs": {"pages": pages}}


def previous_actions() -> dict:
    return {"type": "previous_actions"}


def dossier() -> dict:
    return {"type": "dossier"}


def signature(*lines: str) -> dict:
    """An empty line leaves the room for a handwritten signature."""
    return {
        "type": "signature_block",
        "content": [{"type": "signature_line", "content": plain(typed(one))} for one in lines],
    }


def remark(words: str, kind: str = "observation", speaker: str = "", organisation: str = "") -> dict:
    attrs = {"id": str(uuid4()), "speaker": speaker, "kind": kind, "organisation": organisation}
    return {"type": "remark", "attrs": attrs, "content": [paragraph(words)]}


def answer(words: str, *remarks: dict, speaker: str = "") -> dict:
    """An answer to these remarks; to all those of its exchange when none is named."""
    attrs = {"speaker": speaker, "answers": [one["attrs"]["id"] for one in remarks]}
    return {"type": "answer", "attrs": attrs, "content": [paragraph(words)]}


def exchange(opening: str, *turns: dict, answers_title: str = "") -> dict:
    attrs = {"opening": typed(opening), "answers_title": typed(answers_title)}
    return {"type": "exchange", "attrs": attrs, "content": list(turns)}


def by_organisation(*turns: dict) -> dict:
    return {"type": "exchange", "attrs": {"presentation": "by_organisation"}, "content": list(turns)}


def decision(words: str, *, kind: str = "validation", decided_by: str = "", title: str = "Décision") -> dict:
    attrs = {"title": title, "kind": kind, "decided_by": decided_by}
    return {"type": "decision", "attrs": attrs, "content": inline(words)}


def action(title: str, *, owner: str = "", due: str = "", wording: str = "") -> dict:
    attrs = {"id": str(uuid4()), "title": typed(title), "owner": owner, "due": due, "wording": typed(wording)}
    return {"type": "action", "attrs": attrs}
