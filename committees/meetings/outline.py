"""The order of a two-level agenda, on plain values: [(identifier, depth)], a sub-item (1) under the item (0) above."""

from collections.abc import Sequence

Row = tuple[int, int]
Rows = list[Row]


def parents_of(rows: Sequence[Row]) -> dict[int, int | None]:
    """Return the parent of each row. Raises ValueError when a sub-item comes first, or a depth is not 0 or 1."""
    parents, above = {}, None
    for pk, depth in rows:
        if depth not in (0, 1) or (depth and above is None):
            raise ValueError(f"no parent for {pk} at depth {depth}")
        parents[pk] = above if depth else None
        above = above if depth else pk
    return parents


def block(rows: Sequence[Row], pk: int) -> tuple[int, int]:
    """The place where a row begins and the one after its end: an item goes with its sub-items."""
    start = next(place for place, row in enumerate(rows) if row[0] == pk)
    end = start + 1
    while not rows[start][1] and end < len(rows) and rows[end][1]:
        end += 1
    return start, end


def moved(rows: Sequence[Row], pk: int, *, up: bool) -> Rows:
    """Swap an item with its neighbour of the same level; at the end of its level, nothing moves."""
    rows, (start, end) = list(rows), block(rows, pk)
    if up:
        if start == 0 or rows[start - 1][1] < rows[start][1]:
            return rows
        before = start - 1
        while rows[before][1] > rows[start][1]:
            before -= 1
        return rows[:before] + rows[start:end] + rows[before:start] + rows[end:]
    if end == len(rows) or rows[end][1] < rows[start][1]:
        return rows
    _, after = block(rows, rows[end][0])
    return rows[:start] + rows[end:after] + rows[start:end] + rows[after:]


def indented(rows: Sequence[Row], pk: int) -> Rows:
    """Put an item under the one above, with the sub-items it had; the first one cannot be."""
    rows, (start, end) = list(rows), block(rows, pk)
    if start == 0:
        return rows
    return rows[:start] + [(one, 1) for one, _ in rows[start:end]] + rows[end:]


def outdented(rows: Sequence[Row], pk: int) -> Rows:
    """Bring a sub-item to the first level, after the item it was under and its other sub-items."""
    rows, (start, _) = list(rows), block(rows, pk)
    if not rows[start][1]:
        return rows
    end = start + 1
    while end < len(rows) and rows[end][1]:
        end += 1
    return rows[:start] + rows[start + 1 : end] + [(pk, 0)] + rows[end:]
