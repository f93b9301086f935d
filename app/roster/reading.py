"""A table from a file that somebody chose: CSV or XLSX, as rows of text."""

import codecs
import csv
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from io import StringIO
from typing import Any

from flask_babel import gettext as _

from app import one_line
from app.roster import workbook

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_CHARACTERS = 5_000_000
DELIMITERS = ";,\t"
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# What no database keeps.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
QUOTED = re.compile('"[^"]*"')

Rows = list[list[str]]


class FileRefused(Exception):
    """The file cannot be read as a table; the message says why."""


def read(content: bytes) -> Rows:
    """Every row up to the last one that says something, the first at index 0; or FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused(_("Die Datei ist zu groß. Höchstens 5 MB gehen."))
    if content.startswith(OLD_EXCEL):
        raise FileRefused(
            _("Das ist eine alte oder geschützte Excel-Datei. Bitte speichern Sie sie als .xlsx.")
        )
    rows = _from_xlsx(content) if content.startswith(ZIP) else _from_csv(content)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _from_csv(content: bytes) -> Rows:
    text = _decoded(content)
    head = next(filter(str.strip, text.splitlines()), "")
    bare = QUOTED.sub("", head)
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=max(DELIMITERS, key=bare.count), strict=True
    )
    try:
        return _within_limits(reader)
    except csv.Error:
        raise FileRefused(
            _(
                "Zeile %(row)d ist nicht lesbar. Fehlt dort ein Anführungszeichen?",
                row=reader.line_num,
            )
        ) from None


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused(_("Das ist keine Tabelle. Nehmen Sie eine Datei mit .csv oder .xlsx."))


def _from_xlsx(content: bytes) -> Rows:
    try:
        return _within_limits(
            [_as_text(value) for value in row] for row in workbook.rows(content, MOST_COLUMNS + 1)
        )
    except workbook.Merged:
        raise FileRefused(
            _("In der Tabelle sind Zellen verbunden. Bitte heben Sie die Verbindung auf.")
        ) from None
    except workbook.TooLarge:
        raise FileRefused(_("Die Tabelle ist zu groß, wenn sie ausgepackt ist.")) from None
    except workbook.Broken:
        raise FileRefused(
            _("Diese Excel-Datei ist nicht lesbar. Bitte speichern Sie sie neu.")
        ) from None


def _within_limits(cells: Iterable[list[str]]) -> Rows:
    rows: Rows = []
    characters = 0
    for number, row in enumerate(cells, start=1):
        row = _trimmed(row)
        characters += sum(map(len, row))
        if row and number > MOST_ROWS + 1:
            raise FileRefused(_("Die Tabelle hat mehr als %(most)d Zeilen.", most=MOST_ROWS))
        if len(row) > MOST_COLUMNS:
            raise FileRefused(_("Die Tabelle hat mehr als %(most)d Spalten.", most=MOST_COLUMNS))
        if characters > MOST_CHARACTERS:
            raise FileRefused(_("In der Tabelle steht zu viel Text."))
        if any(map(UNSTORABLE.search, row)):
            raise FileRefused(_("Zeile %(row)d enthält Zeichen, die nicht gehen.", row=number))
        rows.append(row)
    return rows


def _trimmed(cells: list[str]) -> list[str]:
    row = [one_line.normal(cell) or "" for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _as_text(value: Any) -> str:
    """The value of a cell as somebody would type it; of a formula, what it came to."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value.isoformat() if isinstance(value, date) else str(value)
