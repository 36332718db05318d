"""Writing CSV that a spreadsheet opens as text, whatever is in it, and taking the marks of that off again."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What a spreadsheet may take for a formula (checklist I06; OWASP, « CSV Injection », read in November 2026).
FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r\n\0]")
MARKED = re.compile(r"'[\s']*[=+\-@＝＋－＠\t\r\n\0]")
BYTE_ORDER_MARK = "\ufeff"  # by it Excel knows UTF-8


def neutral(text: str) -> str:
    """Return the text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if FORMULA.match(text) else text


def plain(text: str) -> str:
    """Undo `neutral`."""
    return text[1:] if MARKED.match(text) else text


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV as French spreadsheets open it: « ; », UTF-8 with its mark, every cell neutral."""
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
