"""Where the cells of a table fall once the merged ones are laid out, as HTML and PDF/UA lay them."""

from dataclasses import dataclass
from itertools import chain

from .errors import TreeError


@dataclass(frozen=True)
class Cell:
    """One cell; `node` is None for the empty one that makes a short row as wide as its table."""

    node: dict | None
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1


def place_cells(table: dict, path: tuple = (), *, span_limit: int = 20) -> list[list[Cell]]:
    """Return the rows of cells of a table whose nodes are checked.

    Raises TreeError where merged cells overlap, run past the end of the table, or make it wider than `span_limit`.
    """
    rows, taken = [], set()
    for index, row in enumerate(table["content"]):
        cells = []
        for number, node in enumerate(row["content"]):
            cell = _next_cell(node, index, taken)
            here = (*path, "content", index, "content", number)
            _check_cell(cell, len(table["content"]), span_limit, taken, here)
            taken |= _slots(cell)
            cells.append(cell)
        rows.append(cells)
    return rows


def fill_short_rows(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the same rows, all as wide as the widest: PDF/UA-1 refuses a table with ragged edges."""
    holes = {row: set(range(width(rows))) for row in range(len(rows))}
    for cell in chain.from_iterable(rows):
        for row, column in _slots(cell):
            holes[row].discard(column)
    filled = [[*cells, *(Cell(None, row, column) for column in holes[row])] for row, cells in enumerate(rows)]
    return [sorted(cells, key=lambda cell: cell.column) for cells in filled]


def width(rows: list[list[Cell]]) -> int:
    return max(cell.column + cell.colspan for cell in chain.from_iterable(rows))


def _next_cell(node: dict, row: int, taken: set) -> Cell:
    spans, column = node.get("attrs", {}), 0
    while (row, column) in taken:
        column += 1
    return Cell(node, row, column, spans.get("colspan", 1), spans.get("rowspan", 1))


def _slots(cell: Cell) -> set[tuple[int, int]]:
    rows, columns = range(cell.row, cell.row + cell.rowspan), range(cell.column, cell.column + cell.colspan)
    return {(row, column) for row in rows for column in columns}


def _check_cell(cell: Cell, row_count: int, span_limit: int, taken: set, path: tuple) -> None:
    if cell.column + cell.colspan > span_limit:
        raise TreeError(f"Un tableau a au plus {span_limit} colonnes.", path)
    if cell.row + cell.rowspan > row_count:
        raise TreeError("Une cellule fusionnée descend plus bas que la fin de son tableau.", path)
    if taken & _slots(cell):
        raise TreeError("Deux cellules fusionnées d’un tableau se chevauchent.", path)
