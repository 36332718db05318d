"""What changed between two versions of a section, word by word, in the order it is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from .nodes import NODES
from .reading import text_of

SAME, ADDED, REMOVED = "same", "added", "removed"
WORDS = re.compile(r"\s+|\S+")
MOST_PAIRS = 1_000_000  # beyond, a comparison would cost seconds: all is shown as gone, then as new
CLOSE_ENOUGH = 0.3  # below, two lines are two texts: one gone, the other new
# The attributes that are printed, in the order they are read.
READ = ("label", "caption", "opening", "organisation", "marker", "speaker", "title", "wording", "decided_by", "owner")
READ += ("due", "answers_title", "source")


@dataclass(frozen=True)
class Piece:
    """Some words of a line: kept, added or removed."""

    kind: str
    text: str


Line = list[Piece]


def compare_sections(before: dict | None, after: dict | None) -> list[Line]:
    """Return the lines of both versions, each in pieces; None is a section that is not there."""
    old, new = lines_of(before), lines_of(after)
    found: list[Line] = []
    if len(old) * len(new) > MOST_PAIRS:
        return list(changed_lines(old, new))
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[Piece(SAME, line)] for line in new[k:m]]
        else:
            found += list(changed_lines(old[i:j], new[k:m]))
    return found


def changed_lines(old: list[str], new: list[str]) -> Iterator[Line]:
    """Two lines that stand in the same place are compared word by word; the others are gone, or new."""
    for before, after in zip(old, new, strict=False):
        yield from compare_lines(before, after)
    yield from ([Piece(REMOVED, line)] for line in old[len(new) :])
    yield from ([Piece(ADDED, line)] for line in new[len(old) :])


def compare_lines(before: str, after: str) -> list[Line]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > MOST_PAIRS or matcher.ratio() < CLOSE_ENOUGH:
        return [[Piece(REMOVED, before)], [Piece(ADDED, after)]]
    line: Line = []
    for tag, i, j, k, m in matcher.get_opcodes():
        pieces = [Piece(SAME, "".join(new[k:m]))] if tag == "equal" else both("".join(old[i:j]), "".join(new[k:m]))
        line += [piece for piece in pieces if piece.text]
    return [line]


def both(old: str, new: str) -> list[Piece]:
    return [Piece(REMOVED, old), Piece(ADDED, new)]


def is_changed(lines: list[Line]) -> bool:
    return any(piece.kind != SAME for line in lines for piece in line)


def lines_of(section: dict | None) -> list[str]:
    """The words of a section, one line for each heading, paragraph or fact, with what is printed before them."""
    return [line for line in map(str.strip, spoken(section)) if line] if section else []


def spoken(node: dict, lead: str = "") -> Iterator[str]:
    """The lines of a node, after the marker that opens it."""
    children, attrs = node.get("content", []), node.get("attrs", {})
    before = " ".join(" ".join([lead, *(str(attrs.get(name) or "") for name in READ)]).split())
    if NODES[node["type"]].is_fact:
        yield f"[{FACTS.get(node['type'], node['type'])}]"
    elif any(child["type"] in ("text", "hard_break") for child in children):
        notes = "".join(f" [{child['attrs']['text']}]" for child in children if child["type"] == "footnote")
        yield f"{before} {text_of(node)}{notes}"
    elif children and attrs.get("marker"):
        yield from spoken(children[0], before)
        for child in children[1:]:
            yield from spoken(child)
    else:
        yield before
        for child in children:
            yield from spoken(child)


FACTS = {
    "agenda": "Ordre du jour",
    "attendance": "Présences",
    "dossier": "Dossier de la réunion",
    "annexes": "Annexes",
    "quorum": "Quorum",
    "votes": "Votes",
    "meeting_actions": "Actions de la réunion",
    "previous_actions": "Suites données aux actions précédentes",
}


def section_name(section: dict | None) -> str:
    """How a section is called: its first line, shortened; « Signature », as in the outline beside the text."""
    if section and [block["type"] for block in section.get("content", [])][:1] == ["signature_block"]:
        return "« Signature »"
    first = next(iter(lines_of(section)), "")
    if not first:
        return "section sans titre" if section else "section retirée"
    return f"« {first[:60]}… »" if len(first) > 60 else f"« {first} »"
