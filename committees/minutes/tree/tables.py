"""Drawing of a table: header rows apart, so that they repeat over pages; each header cell says what it heads."""

from .footnotes import Footnotes
from .grid import Cell, fill_short_rows, place_cells, width
from .inline import draw_inline
from .nodes import attribute
from .reading import is_blank


def draw_table(notes: Footnotes, node: dict) -> str:
    """Draw a table; with columns of « values », all but the first are as narrow as what they hold."""
    medium, rows = notes.medium, fill_short_rows(place_cells(node))
    head_count = _head_count(rows)
    drawn = [_row(notes, cells, width(rows)) for cells in rows]
    return medium.fill(
        "table",
        caption=attribute(node, "caption").strip(),
        columns="values" if attribute(node, "columns") == "values" else "",
        head=medium.join(drawn[:head_count], "\n"),
        body=medium.join(drawn[head_count:], "\n"),
    )


def _head_count(rows: list[list[Cell]]) -> int:
    """Return how many leading rows hold headers only, none of which a merged cell ties to the body; 0 when all are."""
    count = next((index for index, cells in enumerate(rows) if not _is_header_row(cells)), 0)
    while any(cell.row + cell.rowspan > count for cells in rows[:count] for cell in cells):
        count -= 1
    return count


def _is_header_row(cells: list[Cell]) -> bool:
    """True for headers, whatever cells without text stand beside them: the corner above a column of headers."""
    headers = [cell for cell in cells if _is_header(cell)]
    return bool(headers) and all(_is_header(cell) or _is_empty(cell) for cell in cells)


def _is_empty(cell: Cell) -> bool:
    return cell.node is None or is_blank(cell.node, {})


def _is_header(cell: Cell) -> bool:
    return cell.node is not None and cell.node["type"] == "table_header"


def _row(notes: Footnotes, cells: list[Cell], width: int) -> str:
    drawn, is_header_row, is_leading = {}, _is_header_row(cells), True
    for cell in cells:
        is_leading = is_leading and _is_header(cell)
        scope = "col" if is_header_row else "row" if is_leading else ""
        drawn[cell.column] = _cell(notes, cell, scope)
    # A column that a merged cell covers keeps its place in a text, and is nothing in HTML.
    slots = [drawn.get(column, "") for column in range(width)]
    return notes.medium.fill("table_row", content=notes.medium.join(slots, notes.medium.cell_separator))


def _cell(notes: Footnotes, cell: Cell, scope: str) -> str:
    """Draw a cell. A header cell without text is a plain cell: it would head nothing, and checkers refuse it."""
    medium, paragraphs = notes.medium, cell.node["content"] if cell.node else []
    texts = [text for text in (draw_inline(notes, node.get("content", ())) for node in paragraphs) if text.strip()]
    if medium.is_html and len(texts) > 1:
        texts = [medium.fill("paragraph", content=text) for text in texts]
    content = medium.join(texts, "" if medium.is_html else " ")
    return medium.fill(
        "table_header" if _is_header(cell) and content else "table_cell",
        content=content if medium.is_html else content.replace("\n", " "),
        scope=scope,
        colspan=str(cell.colspan) if cell.colspan > 1 else "",
        rowspan=str(cell.rowspan) if cell.rowspan > 1 else "",
    )
