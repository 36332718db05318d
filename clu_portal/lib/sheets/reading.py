"""One sheet of text out of a file somebody filled: CSV in the usual forms, the first sheet of an XLSX or an ODS."""

from collections.abc import Iterator
from typing import NamedTuple

from clu_portal.lib.sheets.delimited import delimited_rows
from clu_portal.lib.sheets.errors import SheetError
from clu_portal.lib.sheets.office import opendocument_rows, openxml_rows
from clu_portal.lib.text import clean_line

MAX_SIZE = 2 * 1024 * 1024  # bytes: some twenty times the registry of a préfecture
MAX_LINES = 2000
MAX_COLUMNS = 60
MAX_CELL = 1000  # characters
READERS = {"csv": delimited_rows, "txt": delimited_rows, "xlsx": openxml_rows, "ods": opendocument_rows}


class SheetLine(NamedTuple):
    """One line that holds something, numbered as in the file. A formula begins with « = »."""

    number: int
    cells: list[str]


def read_sheet(name: str, content: bytes) -> list[SheetLine]:
    """Return the lines of a file, headings first. Raises SheetError, with a French sentence."""
    if not content:
        raise SheetError("Ce fichier est vide.", "empty")
    if len(content) > MAX_SIZE:
        raise SheetError(f"Ce fichier dépasse {MAX_SIZE // (1024 * 1024)} Mo : partagez-le en plusieurs.", "too_large")
    reader = READERS.get(name.rpartition(".")[2].lower())
    if reader is None:
        raise SheetError("Ce type de fichier n'est pas lu. Types lus : CSV, XLSX, ODS.", "unknown_format")
    return list(bounded(reader(content)))


def bounded(rows: Iterator[tuple[int, list[str]]]) -> Iterator[SheetLine]:
    """The lines that hold something, cleaned. Raises SheetError (too_many_lines, too_wide, cell_too_long)."""
    seen = 0
    for number, cells in rows:
        cells = trimmed([clean_line(cell[: MAX_CELL + 1]) for cell in cells])
        if not cells:
            continue
        seen += 1
        if seen > MAX_LINES + 1:
            raise SheetError(f"Ce fichier a plus de {MAX_LINES} lignes : partagez-le en plusieurs.", "too_many_lines")
        if len(cells) > MAX_COLUMNS:
            raise SheetError(f"La ligne {number} a plus de {MAX_COLUMNS} colonnes.", "too_wide")
        if any(len(cell) > MAX_CELL for cell in cells):
            raise SheetError(f"Une case de la ligne {number} a plus de {MAX_CELL} caractères.", "cell_too_long")
        yield SheetLine(number, cells)


def trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells of the end."""
    while cells and not cells[-1]:
        cells.pop()
    return cells
