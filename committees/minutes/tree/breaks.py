"""Which page breaks of a document do something."""

from collections.abc import Sequence


def useful_breaks(drawn: Sequence[Sequence[dict]]) -> list[list[dict]]:
    """Return the blocks of each section without the page breaks that would leave a blank page.

    Those that nothing precedes, that nothing follows, or that come right after another.
    """
    kinds = [node["type"] for blocks in drawn for node in blocks]
    texts = [rank for rank, kind in enumerate(kinds) if kind != "page_break"]
    first, last = (texts[0], texts[-1]) if texts else (0, -1)
    kept, rank = [], 0
    for blocks in drawn:
        kept.append([])
        for node in blocks:
            inside = first < rank < last and kinds[rank - 1] != "page_break"
            if node["type"] != "page_break" or inside:
                kept[-1].append(node)
            rank += 1
    return kept
