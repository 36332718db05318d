"""The table of contents of a document."""

from collections.abc import Sequence

from .facts import known_facts
from .nodes import attribute
from .reading import ALL_KNOWN, HeadingDepth, drawn_blocks, text_of
from .schema import check_sections


def outline(sections: Sequence[dict], facts: dict | None = None) -> list[tuple[str, str, str, int]]:
    """Return (section id, label, text, depth) of each section that opens on a heading.

    The depth begins at 1 and never skips; the heading is drawn as h(depth + 1), in the element `s-<section id>`.
    Given the facts, a heading that only announces missing ones is left out, as `draw` leaves it out. Raises TreeError.
    """
    check_sections(sections)
    depth, lines = HeadingDepth(), []
    known = ALL_KNOWN if facts is None else known_facts(facts)
    for section in sections:
        for index, node in enumerate(drawn_blocks(section, known)):
            if node["type"] != "heading":
                continue
            level = depth.enter(attribute(node, "level"))
            if index == 0:
                lines.append((section["attrs"]["id"], attribute(node, "label").strip(), text_of(node).strip(), level))
    return lines
