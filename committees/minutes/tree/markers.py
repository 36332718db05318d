"""How far the text of a list stands from its markers, which are typed: « – », « 12°) », « Art. 4 »."""

from collections.abc import Iterable, Sequence

from .nodes import attribute

# Characters. Up to three, the usual indentation holds them; past eight, the text of the first line follows its marker.
USUAL_LENGTH, LONGEST = 3, 8


def hang(markers: Iterable[str]) -> str:
    """Return the class, after a space, that gives room to the longest marker of one list; "" when none needs more."""
    longest = max((len(marker.strip()) for marker in markers), default=0)
    return f" hang-{min(longest, LONGEST)}" if longest > USUAL_LENGTH else ""


def hang_of(items: Sequence[dict]) -> str:
    return hang(attribute(item, "marker") for item in items)


def marked_lines(marker: str) -> dict[str, str]:
    """One marker before each line of a list, and the classes that make its lines hang; none, an ordinary list."""
    return {"marker": marker, "listed": f"marked-list{hang([marker])} " if marker else ""}


def any_marked(items: Sequence[dict]) -> bool:
    return any(attribute(item, "marker").strip() for item in items)
