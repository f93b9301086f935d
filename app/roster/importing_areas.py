"""The list of areas is read from a table; the whole file or nothing."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlmodel import Session, select

from app import one_line
from app.models import Area

FILE = Path(__file__).parent / "areas.csv"
REQUIRED = ("slug", "name", "bezirk", "status", "status_until")
OPTIONAL = (
    *("office_address", "office_hours", "office_phone", "office_mail"),
    *("contractor", "mandated_by"),
)
STATES = ("active", "closing")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60

Row = tuple[int, dict[str, str]]


class Fault(NamedTuple):
    """What is wrong, in which row and column; rows count from 1, the first holds the names."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return _(
            "Zeile %(row)d, Spalte %(column)s: %(reason)s",
            row=self.row,
            column=self.column or "–",
            reason=self.reason,
        )


class AreasRefused(Exception):
    """The file has faults; nothing of it was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass
class Counts:
    """How many areas were made, altered and left alone, and which columns nobody read."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ignored: tuple[str, ...] = ()


def import_areas(held: Session, text: str) -> Counts:
    """Store every area of the table by its slug, or raise AreasRefused and store none.

    An optional column that is absent or empty leaves what is stored.
    """
    names, rows, faults = _table(text)
    faults += [fault for row, cells in rows for fault in _faults(row, cells)]
    faults += _repeated(rows)
    if faults:
        raise AreasRefused(sorted(faults))
    counts = Counts(ignored=tuple(sorted(set(names) - set(REQUIRED + OPTIONAL))))
    known = {area.slug: area for area in held.exec(select(Area))}
    for _row, cells in rows:
        _store(held, known.get(cells["slug"]), cells, counts)
    held.flush()
    return counts


def _table(text: str) -> tuple[list[str], list[Row], list[Fault]]:
    """The names of the columns, the rows that have as many cells, and the others' faults."""
    lines = _lines(text.removeprefix("\ufeff"))
    _first, header = next(lines, (1, []))
    names = [name.strip().lower() for name in header]
    _require_columns(names)
    rows, faults = [], []
    for row, cells in lines:
        if len(cells) == len(names):
            rows.append((row, _named(names, cells)))
        else:
            faults.append(Fault(row, "", _("Hier stehen mehr oder weniger Felder als Spalten.")))
    if not rows and not faults:
        faults.append(Fault(1, "", _("In der Datei steht kein Gebiet.")))
    return names, rows, faults


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    values = map(one_line.normal, cells)
    return {name: value or "" for name, value in zip(names, values, strict=True)}


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, with its number."""
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        row += 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise AreasRefused([Fault(row, "", _("Diese Zeile ist nicht lesbar."))]) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield row, cells


def _require_columns(names: list[str]) -> None:
    missing = [Fault(1, name, _("Diese Spalte fehlt.")) for name in REQUIRED if name not in names]
    twice = [
        Fault(1, name, _("Diese Spalte gibt es zweimal."))
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    if missing or twice:
        raise AreasRefused(missing + twice)


def _faults(row: int, cells: Mapping[str, str]) -> Iterator[Fault]:
    for column in REQUIRED + OPTIONAL:
        reason = _reason(column, cells)
        if reason:
            yield Fault(row, column, reason)


def _reason(column: str, cells: Mapping[str, str]) -> str | None:
    """Why the value of a column cannot be stored, if so."""
    value = cells.get(column, "")
    if column == "slug":
        return None if _is_slug(value) else _("Nur Kleinbuchstaben, Ziffern und Striche gehen.")
    if column == "status":
        return None if value in STATES else _("Hier steht active oder closing.")
    if column == "status_until":
        return _day_fault(value, cells["status"])
    if not value and column in OPTIONAL:
        return None
    if column == "office_mail" and not one_line.is_mail(value):
        return str(one_line.SENTENCES["mail"])
    fault = one_line.fault_in_line(value)
    return str(one_line.SENTENCES[fault]) if fault else None


def _is_slug(value: str) -> bool:
    return len(value) <= LONGEST_SLUG and SLUG.fullmatch(value) is not None


def _day_fault(value: str, status: str) -> str | None:
    if value and status == "active":
        return _("Nur ein Gebiet, das endet, hat einen letzten Tag.")
    try:
        _day(value)
    except ValueError:
        return _("Das ist kein Tag. Schreiben Sie zum Beispiel 2027-12-31.")
    return None


def _day(value: str) -> date | None:
    if value and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError(value)
    return date.fromisoformat(value) if value else None


def _repeated(rows: list[Row]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for row, cells in rows:
        if cells["slug"] in seen:
            faults.append(Fault(row, "slug", _("Dieses Gebiet steht zweimal in der Datei.")))
        seen.add(cells["slug"])
    return faults


def _store(held: Session, known: Area | None, cells: Mapping[str, str], counts: Counts) -> None:
    columns = _columns(cells)
    if known is None:
        held.add(Area(**dict.fromkeys(OPTIONAL, "") | columns))
        counts.new += 1
    elif any(getattr(known, name) != value for name, value in columns.items()):
        known.sqlmodel_update(columns)
        counts.changed += 1
    else:
        counts.unchanged += 1


def _columns(cells: Mapping[str, str]) -> dict[str, Any]:
    named = {name: cells[name] for name in REQUIRED[:-1]}
    told = {name: cells[name] for name in OPTIONAL if cells.get(name)}
    return named | told | {"closes_on": _day(cells["status_until"])}
