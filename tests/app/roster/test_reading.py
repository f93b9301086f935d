"""Files of every kind become rows of text, or a reason."""

import codecs
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.roster import reading, workbook
from app.roster.reading import FileRefused, read

ROWS = [["Name", "Sitz"], ["Tuğba Çelik", "3"], ["Łukasz", "4"]]


def saved(*rows, merged=None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The archive with other contents in some parts, by the end of their names."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            own = [data for ending, data in parts.items() if name.endswith(f"{ending}.xml")]
            new.writestr(name, own[0] if own else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_any_delimiter_and_mark(delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    assert read(text.encode(encoding)) == ROWS


def test_what_is_not_utf8_is_windows():
    assert read("Name;Straße\nMüller;Süd – Ost".encode("cp1252")) == [
        ["Name", "Straße"],
        ["Müller", "Süd – Ost"],
    ]


def test_quotes_line_ends_and_empty_rows_keep_their_places():
    text = '\n"Name; Titel",Sitz\r"Ali\n""der Große""",2\n\n,\n'
    assert read(text.encode()) == [[], ["Name; Titel", "Sitz"], ['Ali\n"der Große"', "2"]]


def test_xlsx_with_days_numbers_and_computed_cells():
    content = saved(
        ["Name", "Beginn", "Sitz", "Summe"],
        ["Ali", datetime(2026, 3, 12), 3, 1.5],  # noqa: DTZ001
        ["Ada", date(2026, 3, 12), 4.0, True],
    )
    assert read(content) == [
        ["Name", "Beginn", "Sitz", "Summe"],
        ["Ali", "2026-03-12", "3", "1.5"],
        ["Ada", "2026-03-12", "4", "True"],
    ]


def test_a_formula_is_what_it_came_to_and_never_its_text():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>HYPERLINK("x")</f></c>'
        b'<c r="C1" t="str"><f>"a"</f><v>a</v></c></row></sheetData></worksheet>'
    )
    assert read(repacked(saved(["x"]), sheet1=sheet)) == [["2", "", "a"]]


REFUSED = {
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "an old Excel file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500,
    "a cut archive": saved(["Name"])[:300],
    "an archive of something else": b"PK\x03\x04 and then nothing",
    "an open quote": b'Name;Sitz\n"Ali;3\n',
    "bytes of no encoding": b"Name\n\x81\x8d",
    "a NUL in text": b"Name\nA\0li",
    "half a character": codecs.BOM_UTF16_LE + b"N\0a",
    "merged cells": saved(["Name", "Sitz"], ["Ali", 3], [None, 4], merged="A2:A3"),
    "too many columns": ";".join(["x"] * 61).encode(),
    "too many columns in a sheet": saved(["x"] * 61),
    "too many rows": b"Name\n" + b"Ali\n" * 20_001,
    "too many bytes": b"Name\n" + b"a" * reading.MOST_BYTES,
    "a sheet that is no XML": repacked(saved(["Name"]), sheet1=b"<worksheet"),
    "a sheet with entities": repacked(
        saved(["Name"]), sheet1=b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    ),
    "a book without sheets": repacked(saved(["Name"]), workbook=b"<workbook/>"),
    "half a surrogate": repacked(
        saved(["x"]),
        sheet1=b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="str"><v>_xD800_ _x0000_</v></c></row></sheetData>'
        b"</worksheet>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "half a surrogate"])
def test_what_is_no_table_is_refused(name):
    with pytest.raises(FileRefused):
        read(REFUSED[name])


def test_what_no_database_keeps_never_comes_out():
    try:
        rows = read(REFUSED["half a surrogate"])
    except FileRefused:
        return
    assert not any(reading.UNSTORABLE.search(cell) for row in rows for cell in row)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = repacked(saved(["Name"]), sheet1=b" " * (workbook.MOST_UNPACKED + 1))
    assert len(bomb) < 100_000
    monkeypatch.setattr(ZipFile, "read", None)
    with pytest.raises(FileRefused, match="ausgepackt"):
        read(bomb)


def test_a_sheet_that_claims_a_thousand_million_rows_is_not_walked_through():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="999999999"><c r="A999999999" t="str"><v>x</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(FileRefused):
        read(repacked(saved(["x"]), sheet1=sheet))


@pytest.fixture(scope="module")
def sheet():
    """One file for all examples: each saving writes its own time into it."""
    return saved(*ROWS)


@given(data=st.data())
def test_a_damaged_sheet_is_read_or_refused_and_nothing_else(sheet, data):
    content = bytearray(sheet)
    for _change in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = read(bytes(content))
    except FileRefused:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content):
    try:
        read(content)
    except FileRefused:
        return
