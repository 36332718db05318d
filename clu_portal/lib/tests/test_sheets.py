"""Sheets read whatever program wrote them, and written so that no program runs what is in them."""

import csv
import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from clu_portal.lib.sheets import (
    MAX_LINES,
    MAX_SIZE,
    SheetError,
    neutral,
    office,
    plain,
    read_sheet,
    reading,
    write_csv,
)

ROWS = [["Nom", "Sigle"], ["Union des élèves", "UE"]]
READ = [(1, ["Nom", "Sigle"]), (2, ["Union des élèves", "UE"])]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_in_its_usual_forms(separator, encoding, end):
    content = end.join(separator.join(row) for row in ROWS).encode(encoding)
    assert read_sheet("liste.CSV", content) == READ


def test_csv_separator_inside_quotes_does_not_count():
    assert read_sheet("a.csv", b'"a,b,c,d";e\n"1;2";3') == [(1, ["a,b,c,d", "e"]), (2, ["1;2", "3"])]


def test_csv_lines_are_numbered_as_in_the_file():
    content = b'Nom;Sigle\n\n"deux\nlignes";A\n;\nfin;B\n'
    assert read_sheet("a.csv", content) == [(1, ["Nom", "Sigle"]), (3, ["deux lignes", "A"]), (6, ["fin", "B"])]


def xlsx(rows, number_of_sheets: int = 1) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for _ in range(number_of_sheets - 1):
        book.create_sheet().append(["autre"])
    book.save(file)
    return file.getvalue()


def test_xlsx_first_sheet_is_read():
    rows = [*ROWS, [date(2026, 3, 22), 12.0], [1.5, True], [None, "=1+1"]]
    expected = [*READ, (3, ["2026-03-22", "12"]), (4, ["1.5", "oui"]), (5, ["", "=1+1"])]
    assert read_sheet("liste.xlsx", xlsx(rows, number_of_sheets=2)) == expected


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
 <office:body><office:spreadsheet><table:table>{}</table:table><table:table/></office:spreadsheet></office:body>
</office:document-content>"""
END = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
END += "</table:table-row>"


def ods(rows: str, beginning: str = "") -> bytes:
    return zipped({"mimetype": "application/vnd", "content.xml": beginning + ODS.format(rows)})


def zipped(entries: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return file.getvalue()


def cell(text: str, **attributes: str) -> str:
    said = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{said}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def test_ods_first_sheet_is_read():
    dated = cell("22 mars", office_value_type="date", office_date_value="2026-03-22T00:00:00")
    rows = row(cell("Nom"), cell("Sigle")) + row(cell("Union des élèves"), cell("UE"))
    rows += row(times=2) + row(dated, cell("2", table_formula="of:=1+1"))
    rows += row(cell("a", table_number_columns_repeated="2"), times=2) + END
    expected = [*READ, (5, ["2026-03-22", "=of:=1+1"]), (6, ["a", "a"]), (7, ["a", "a"])]
    assert read_sheet("liste.ods", ods(rows)) == expected


def refused(name: str, content: bytes) -> str:
    with pytest.raises(SheetError) as refusal:
        read_sheet(name, content)
    assert str(refusal.value).endswith(".")
    return refusal.value.code


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.pdf", b"%PDF-1.7", "unknown_format"),
        ("a", b"Nom", "unknown_format"),
        ("a.csv", xlsx(ROWS), "wrong_content"),
        ("a.csv", b'Nom\n"jamais ferm\xc3\xa9', "wrong_content"),
        ("a.csv", "Nom".encode("utf-16"), "wrong_encoding"),
        ("a.csv", b"Nom\n\x81", "wrong_encoding"),
        ("a.xlsx", b"Nom;Sigle", "wrong_content"),
        ("a.xlsx", ods(row(cell("Nom"))), "wrong_content"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<a>"}), "wrong_content"),
        ("a.ods", xlsx(ROWS), "wrong_content"),
        ("a.ods", zipped({"content.xml": "<a>"}), "wrong_content"),
        ("a.ods", ods(row(cell("&a;")), ENTITIES), "wrong_content"),
        ("a.ods", zipped({"content.xml": ENTITIES.encode("utf-16").decode("latin-1")}), "wrong_content"),
        ("a.ods", zipped({"content.xml": " " * (office.BOUNDS.unpacked + 1)}), "bomb"),
        ("a.ods", ods(row(cell("a"), times=100_000)), "too_many_lines"),
        ("a.ods", ods(row(cell("a", table_number_columns_repeated="16384"))), "too_wide"),
    ],
)
def test_file_that_is_no_sheet_is_refused(name, content, code):
    assert refused(name, content) == code


def test_bounds_are_those_said(monkeypatch):
    lines = b"Nom" + b"\nA" * MAX_LINES
    assert len(read_sheet("a.csv", lines)) == MAX_LINES + 1
    assert refused("a.csv", lines + b"\nA") == "too_many_lines"
    assert read_sheet("a.csv", b"x" * reading.MAX_CELL) == [(1, ["x" * reading.MAX_CELL])]
    assert refused("a.csv", b"x" * (reading.MAX_CELL + 1)) == "cell_too_long"
    assert len(read_sheet("a.csv", b"a;" * (reading.MAX_COLUMNS - 1) + b"a")[0].cells) == reading.MAX_COLUMNS
    assert refused("a.csv", b"a;" * reading.MAX_COLUMNS + b"a") == "too_wide"
    assert refused("a.csv", b"\n" * (MAX_SIZE + 1)) == "too_large"
    assert read_sheet("a.csv", b"\n" * MAX_SIZE) == []


DANGEROUS = ["=1+1", "+33 1", "-2", "@SUM(1)", "\tx", "\rx", "\0x", "  =1", "'=1", "''=1", "＝1"]
HARMLESS = ["Union", "l'aide", "'entre guillemets'", "1-2", "a=b", ""]


@pytest.mark.parametrize("text", DANGEROUS)
def test_I06_what_a_spreadsheet_would_run_is_quoted_and_read_back(text):
    assert neutral(text) == f"'{text}"
    assert plain(neutral(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_I06_the_rest_is_left_as_it_is(text):
    assert (neutral(text), plain(text)) == (text, text)


def test_I06_written_csv_holds_text_only():
    written = write_csv([["Nom"], ["=cmd|' /C calc'!A0"], ["a;b"], ["deux\nlignes"]])
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["Nom"], ["'=cmd|' /C calc'!A0"], ["a;b"], ["deux\nlignes"]]
