"""The first sheet of an XLSX file, read without trusting what it says about itself."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException

MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 1_000
# Sheets claim rows that hold nothing; this many are walked through at most.
MOST_ROWS = 100_000
SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
MERGED = re.compile(rb"<(\w+:)?mergeCell\b")
# What openpyxl, zipfile and the XML parser say about files that nobody saved in a spreadsheet.
FAULTS = (
    *(BadZipFile, ParseError, DefusedXmlException, zlib.error),
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError),
    *(OSError, RuntimeError, TypeError, ValueError),
)


class Broken(Exception):
    """No spreadsheet, or one that cannot be read."""


class TooLarge(Exception):
    """It would fill the memory when unpacked."""


class Merged(Exception):
    """Cells are merged: all but one of them look empty."""


def rows(content: bytes, columns: int) -> Iterator[tuple[Any, ...]]:
    """The values of each row, of so many columns at most; formulas as what they came to."""
    import openpyxl  # not at every start

    try:
        _require_harmless(content)
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        found = book.worksheets[0].iter_rows(max_col=columns, values_only=True)
        for number, row in enumerate(found, start=1):
            if number > MOST_ROWS:
                raise TooLarge
            yield row
    except FAULTS as fault:
        raise Broken from fault


def _require_harmless(content: bytes) -> None:
    """Look at sizes before anything is unpacked; the archive never yields more than it declares."""
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise TooLarge
        for part in parts:
            if SHEET.fullmatch(part.filename) and MERGED.search(archive.read(part)):
                raise Merged
