"""The first sheet of an office file. Nothing is computed: a formula is given back as text beginning with « = »."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from clu_portal.lib.archives import TOO_LARGE, Bounds, is_bomb
from clu_portal.lib.sheets.errors import SheetError

BOUNDS = Bounds(unpacked=15 * 1024 * 1024, entries=1000)
MAX_REPEATED = 100  # columns; more than a sheet may have here (reading.MAX_COLUMNS)
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
BROKEN = "Ce fichier est abîmé, ou protégé par un mot de passe : il ne s'ouvre pas."
# What zipfile raises of a damaged or locked file; NotImplementedError, of a compression it does not know.
BROKEN_BY = (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, KeyError, ValueError)


def openxml_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of an XLSX. Raises SheetError (wrong_content, bomb)."""
    check_archive(content, "xl/workbook.xml")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        for number, row in enumerate(book.worksheets[0].iter_rows(), start=1):
            yield number, [text_of(cell) for cell in row]
    except SheetError:
        raise
    except (*BROKEN_BY, InvalidFileException, IndexError, TypeError, AttributeError, etree.Error) as error:
        raise SheetError(BROKEN, "wrong_content") from error


def text_of(cell) -> str:
    """A date as 2026-03-22, a whole number without its « .0 »."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) and value.startswith("=") else "="
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def opendocument_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of an ODS. Raises SheetError (wrong_content, bomb)."""
    document = check_archive(content, "content.xml")
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise SheetError(BROKEN, "wrong_content") from error
    sheet = root.find(f".//{TABLE}table")
    number = 1
    for row in sheet.iter(f"{TABLE}table-row") if sheet is not None else ():
        repeated = repetition(row, "rows")
        cells = [text for cell in row.iterchildren(*CELLS) for text in cell_texts(cell)]
        if any(cells):
            for place in range(repeated):
                yield number + place, list(cells)
        number += repeated


def cell_texts(cell) -> list[str]:
    """A cell as often as it is repeated; the empty end of a row is sixteen thousand times one cell."""
    return [cell_text(cell)] * min(repetition(cell, "columns"), MAX_REPEATED)


def cell_text(cell) -> str:
    if cell.get(f"{TABLE}formula"):
        return f"={cell.get(f'{TABLE}formula')}"
    if cell.get(f"{OFFICE}value-type") == "date":
        return cell.get(f"{OFFICE}date-value", "")[:10]
    return "\n".join("".join(line.itertext()) for line in cell.iterchildren(f"{TEXT}p"))


def repetition(element, what: str) -> int:
    """How many times an ODS says the same cell or row; once when it says nothing that is a number."""
    written = element.get(f"{TABLE}number-{what}-repeated", "1")
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 8 else 1


def check_archive(content: bytes, needed: str) -> bytes:
    """Return one entry of an office file once the whole is known to be small and without declared entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if is_bomb(entries, len(content), BOUNDS):
                raise SheetError(TOO_LARGE, "bomb")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    check_entry(archive.read(entry))
            return archive.read(needed)
    except SheetError:
        raise
    except BROKEN_BY as error:
        raise SheetError(BROKEN, "wrong_content") from error


def check_entry(text: bytes) -> None:
    """Refuse what declares entities, and what hides whether it does behind another encoding."""
    if b"\0" in text or any(word in text for word in DECLARED):
        raise SheetError("Ce fichier contient des déclarations qui ne sont pas lues ici.", "wrong_content")
