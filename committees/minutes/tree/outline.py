"""The table of contents of a document."""

from collections.abc import Iterator, Sequence

from .facts import known_facts
from .nodes import attribute
from .reading import ALL_KNOWN, HeadingDepth, drawn_blocks, text_of
from .schema import check_sections

Line = tuple[str, str, str, int]
LEVELS_SHOWN = 2


def outline(sections: Sequence[dict], facts: dict | None = None) -> list[Line]:
    """Return (anchor, label, text, depth) of each heading, in their order.

    The depth begins at 1 and never skips; the heading is drawn as h(depth + 1). Given the facts, a heading that only
    announces missing ones is left out, as `draw` leaves it out. Raises TreeError.
    """
    check_sections(sections)
    known = ALL_KNOWN if facts is None else known_facts(facts)
    return lines_of(sections, [drawn_blocks(section, known) for section in sections])


def lines_of(sections: Sequence[dict], drawn: Sequence[Sequence[dict]]) -> list[Line]:
    """Return the same for checked sections, given the blocks of each that are drawn."""
    depth, lines = HeadingDepth(), []
    for section, blocks in zip(sections, drawn, strict=True):
        for node, anchor in zip(headings_of(blocks), anchors(section, blocks), strict=True):
            level = depth.enter(attribute(node, "level"))
            target = anchor or f"s-{section['attrs']['id']}"
            lines.append((target, attribute(node, "label").strip(), text_of(node).strip(), level))
    return lines


def anchors(section: dict, blocks: Sequence[dict]) -> Iterator[str]:
    """Yield the anchor of each heading of a section; "" for one that opens it, which the section itself stands for."""
    for number, node in enumerate(headings_of(blocks), start=1):
        yield "" if node is blocks[0] else f"s-{section['attrs']['id']}-{number}"


def headings_of(blocks: Sequence[dict]) -> list[dict]:
    return [node for node in blocks if node["type"] == "heading"]


def two_levels(lines: Sequence[Line]) -> list[tuple[Line, list[Line]]]:
    """Return the headings of the first level that say something, each with those of the second under it."""
    shown: list[tuple[Line, list[Line]]] = []
    for line in lines:
        *_, text, level = line
        if not text or level > LEVELS_SHOWN:
            continue
        if level == 1 or not shown:
            shown.append((line, []))
        else:
            shown[-1][1].append(line)
    return shown
