"""CSV as spreadsheets write it: « ; », « , » or a tab; UTF-8 with or without its mark, or Windows-1252."""

import csv
import io
from collections.abc import Iterator

from clu_portal.lib.sheets.errors import SheetError

SEPARATORS = ";\t,"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BINARY_BEGINNINGS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")


def delimited_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line. Raises SheetError (wrong_content, wrong_encoding)."""
    text = decoded(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    first = 1
    try:
        for cells in lines:
            yield first, cells
            first = lines.line_num + 1
    except csv.Error as error:
        message = f"La ligne {first} ne se lit pas : un guillemet n'y est pas fermé, ou est mal placé."
        raise SheetError(message, "wrong_content") from error


def decoded(content: bytes) -> str:
    if content.startswith(BINARY_BEGINNINGS):
        raise SheetError("Le contenu de ce fichier ne correspond pas à son nom.", "wrong_content")
    if content.startswith(UTF_16_MARKS) or b"\0" in content:
        raise SheetError("Enregistrez ce fichier en « CSV UTF-8 », puis recommencez.", "wrong_encoding")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("Enregistrez ce fichier en « CSV UTF-8 », puis recommencez.", "wrong_encoding")


def separator_of(text: str) -> str:
    """The separator most used by the first line that is not empty, outside quotation marks."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(heading.split('"')[::2])
    return max(SEPARATORS, key=outside.count)
