"""Sheets of text: read from CSV, XLSX or ODS, written as CSV. Plain Python."""

from clu_portal.lib.sheets.reading import MAX_LINES, MAX_SIZE, SheetError, SheetLine, read_sheet
from clu_portal.lib.sheets.writing import neutral, plain, write_csv

__all__ = ["MAX_LINES", "MAX_SIZE", "SheetError", "SheetLine", "neutral", "plain", "read_sheet", "write_csv"]
