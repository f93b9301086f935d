"""A row of a roster file as values, with every cell that cannot be read."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask_babel import gettext as _

from app import catalogue, one_line
from app.language import LANGUAGES
from app.models import Membership, ReservePlace, Seat
from app.roster import column
from app.roster.formula import unguard
from app.roster.importing_areas import Fault
from app.rule import words
from app.text import WORDS

NEW = 0
MOST = 9_999
NEW_WORDS = ("neu", "new", "0")
# Day 0 of a spreadsheet, which takes 1900 for a leap year; and the years that are meant.
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(20_000, 100_000)
GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
# Words that people type beside those of this application.
ALSO: dict[str, tuple[str, ...]] = {
    "resident": ("Bewohner", "Bewohner:in", "Bewohnerin", "Anwohner", "residents"),
    "partner": ("starker Partner", "starke Partner", "Institution", "partners"),
    "senate": ("Senat",),
    "member": ("ordentliches Mitglied", "holder"),
    "speaker": ("Sprecher", "Sprecherin"),
    "deputy": ("Stellvertretung", "Vertreter", "Vertreterin", "Vertreter:in", "Stellvertreter"),
    "reserve": ("Nachrücker", "Nachrückerin", "Nachrücker:in", "reserve list"),
    "yes": ("x", "1", "true", "wahr", "y", "j"),
    "no": ("0", "false", "falsch", "n"),
}


class Unreadable(Exception):
    """A cell does not hold what its column holds; the message says what it should."""


@dataclass(frozen=True)
class Line:
    """What a row says about one person and one place; cells that are empty say nothing."""

    row: int
    values: Mapping[str, Any]

    def get(self, field: str) -> Any:
        return self.values.get(field)

    @property
    def kind(self) -> str:
        """What place the row is about; a row without a person is about a seat."""
        if not {"name", "member"} & set(self.values):
            return "seat"
        return str(self.values.get("kind", "member"))


def read(rows: Sequence[Sequence[str]], fields: Sequence[str]) -> tuple[list[Line], list[Fault]]:
    """The lines below the header that can be read, and the faults of all the others."""
    header = column.header_at(rows)
    lines, faults = [], []
    for number, cells in enumerate(rows[header + 1 :], start=header + 2):
        found = list(_faulty(number, cells, fields))
        values = {each: value for each, value in found if not isinstance(value, Fault)}
        faults += [value for _field, value in found if isinstance(value, Fault)]
        if values and len(values) == len(found):
            lines.append(Line(number, values))
    if not lines and not faults:
        faults.append(Fault(header + 1, column.name("name"), _("In der Datei steht niemand.")))
    return lines, faults


def _faulty(
    row: int, cells: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[str, Any | Fault]]:
    """Each field that is filled, with its value or what is wrong with it."""
    for field, cell in zip(fields, cells, strict=False):
        text = one_line.normal(unguard(cell))
        if field == column.UNREAD or not text:
            continue
        try:
            yield field, _PARSERS[field](text)
        except Unreadable as reason:
            yield field, Fault(row, column.name(field), str(reason))


def _line(text: str) -> str:
    fault = one_line.fault_in_line(text)
    if fault:
        raise Unreadable(one_line.SENTENCES[fault])
    return text


def _mail(text: str) -> str:
    if not one_line.is_mail(_line(text)):
        raise Unreadable(one_line.SENTENCES["mail"])
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:10]) <= MOST):
        raise Unreadable(_("Hier gehört eine ganze Zahl hin."))
    return int(text)


def _member(text: str) -> int:
    if text.casefold() in NEW_WORDS:
        return NEW
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Unreadable(
            _("Hier gehört eine Nummer hin. Bei neuen Personen bleibt die Zelle leer.")
        )
    return int(text)


def _day(text: str) -> date:
    german, iso = GERMAN_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    try:
        if german:
            day, month, year = map(int, german.groups())
            return date(year, month, day)
        if iso:
            return date.fromisoformat(iso[1])
        if text.isascii() and text.isdecimal() and int(text[:6]) in EXCEL_DAYS:
            return EXCEL_EPOCH + timedelta(days=int(text))
    except ValueError:
        pass
    raise Unreadable(_("Das ist kein Tag. Schreiben Sie zum Beispiel 12.3.2026."))


def _one_of(codes: Sequence[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        found = spellings(tuple(codes)).get(_plain(text))
        if found is None:
            listed = ", ".join(word(code) for code in codes)
            raise Unreadable(_("Hier geht nur: %(words)s.", words=listed))
        return found

    return parse


def _yes_no(text: str) -> bool:
    return _one_of(("yes", "no"))(text) == "yes"


def word(code: str) -> str:
    """A value as files show it, in the language of the moment."""
    return catalogue.gettext(_SOURCE[code])


@cache
def spellings(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Every spelling of these codes that a file may use, in all languages."""
    found: dict[str, str] = {}
    for code in codes:
        said = (catalogue.find(language, _SOURCE[code]) for language in LANGUAGES)
        for each in (code, *said, *ALSO.get(code, ())):
            found.setdefault(_plain(each), code)
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _values(model: Any, name: str) -> tuple[str, ...]:
    return tuple(model.__table__.c[name].type.enums)


_SOURCE = WORDS | words.LANGUAGES
KINDS = ("member", "speaker", "deputy", "reserve")
MEMBERSHIP_REASONS = _values(Membership, "end_reason")
RESERVE_REASONS = _values(ReservePlace, "left_reason")
CODES: dict[str, tuple[str, ...]] = {
    "language": tuple(words.LANGUAGES),
    "segment": _values(Seat, "segment"),
    "kind": KINDS,
    "source": _values(Membership, "source"),
    "end_reason": tuple(dict.fromkeys(MEMBERSHIP_REASONS + RESERVE_REASONS)),
}
_PARSERS: dict[str, Callable[[str], Any]] = {
    "member": _member,
    "name": _line,
    "mail": _mail,
    "may_be_named": _yes_no,
    "seat": _number,
    "label": _line,
    "position": _number,
    "rank": _number,
    "starts_on": _day,
    "ends_on": _day,
    "is_dual_role": _yes_no,
    "dual_role": _line,
    **{field: _one_of(codes) for field, codes in CODES.items()},
}
