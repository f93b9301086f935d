"""A roster file against the roster: what it changes, what it ends, and what stands against it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from app.roster import column, conflict, line
from app.roster.edit import Edit, PlaceEdit
from app.roster.identifying import Unclear, identify
from app.roster.importing_areas import Fault
from app.roster.line import Line
from app.roster.placed import Placing
from app.roster.placing import place
from app.roster.standing import Standing
from app.text import ROSTER_COLUMNS, short_day

Kind = Literal["new", "changed", "ended"]

# How the tables call what the file calls otherwise.
FIELDS = {
    "role": "kind",
    "listed_on": "starts_on",
    "left_on": "ends_on",
    "left_reason": "end_reason",
}


ORDER = tuple(ROSTER_COLUMNS)


@dataclass(frozen=True)
class Difference:
    """A cell that changes: the title of its column, the value before and after."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What becomes of a row of the file, or of somebody whom the file does not mention."""

    kind: Kind
    row: int | None
    name: str
    seat: int | None
    place: str
    differences: Sequence[Difference]


@dataclass(frozen=True)
class Comparison:
    """All of it; only without faults and unclear rows may it be stored."""

    placing: Placing
    lines: Sequence[Line]
    unclear: Sequence[Unclear]
    faults: Sequence[Fault]

    @cached_property
    def edits(self) -> Sequence[Edit]:
        """What there is to store: people first, then seats, then the places that need both."""
        return [edit for edit in _edits(self.placing) if edit.differences()]

    @cached_property
    def changes(self) -> Sequence[Change]:
        """What becomes of every row, then of everybody whom the file does not mention."""
        changes = _changes(self.placing)
        return sorted(changes, key=lambda each: (each.row is None, each.row or 0))

    @property
    def unchanged(self) -> int:
        """How many rows say what the roster says already."""
        told: tuple[Iterable[int | None], ...] = (
            (each.row for each in self.changes),
            (each.row for each in self.unclear),
            (each.row for each in self.faults),
        )
        return len({each.row for each in self.lines}.difference(*told))

    @property
    def silent(self) -> int:
        """How many places the file does not mention."""
        return sum(each.row is None for each in self.placing.places)

    @cached_property
    def member_ids(self) -> set[int]:
        """Whose stored values the changes show, and whom the questions name."""
        told = {
            edit.person.id if isinstance(edit, PlaceEdit) else edit.id
            for edit in self.edits
            if edit.noun != "seat"
        }
        asked = {each.id for unclear in self.unclear for each in unclear.candidates}
        return {each for each in told | asked if each is not None}

    @property
    def may_be_applied(self) -> bool:
        return bool(self.edits) and not self.faults and not self.unclear

    @property
    def mark(self) -> str:
        """The same for the same changes only: what was confirmed is what is stored."""
        said = [
            (edit.noun, edit.row, edit.id, _target(edit), sorted(edit.values.items()))
            for edit in self.edits
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def compare(
    standing: Standing,
    rows: Sequence[Sequence[str]],
    fields: Sequence[str],
    chosen: Mapping[int, int],
    *,
    leaving: bool,
) -> Comparison:
    """Read the rows and find everything that would happen; nothing is stored."""
    lines, faults = line.read(rows, fields)
    people = identify(standing, lines, chosen)
    placing = place(standing, people, lines, leaving=leaving)
    conflicts, disputed = conflict.find(placing)
    faults += column.faults(fields, column.header_at(rows) + 1)
    faults += people.faults + placing.faults + conflicts
    return Comparison(
        placing,
        lines,
        unclear=sorted(people.unclear + disputed, key=lambda each: each.row),
        faults=sorted(set(faults)),
    )


def _edits(placing: Placing) -> list[Edit]:
    people: dict[Edit, None] = dict.fromkeys(placing.people.by_row.values())
    return [*people, *placing.seats.values(), *placing.places]


def _target(edit: Edit) -> tuple[Any, ...]:
    """Of a new place: whose it is, and at which seat."""
    if not isinstance(edit, PlaceEdit) or edit.stored is not None:
        return ()
    person = edit.person.id or f"row {edit.person.row}"
    return (person, edit.seat.after("position") if edit.seat else None)


def _changes(placing: Placing) -> Iterator[Change]:
    rows: dict[int, list[Edit]] = defaultdict(list)
    for edit in _edits(placing):
        if edit.row is not None:
            rows[edit.row].append(edit)
    places = {each.row: each for each in placing.places if each.row}
    for row, edits in rows.items():
        if any(edit.differences() for edit in edits):
            yield _change(placing, row, edits, places.get(row))
    for edit in placing.places:
        if edit.row is None and edit.values:
            yield _change(placing, None, [edit], edit)


def _change(
    placing: Placing, row: int | None, edits: Sequence[Edit], found: PlaceEdit | None
) -> Change:
    subject = found or edits[-1]
    seat = found.seat if found else placing.by_row.get(row or 0)
    kind: Kind = "new" if subject.stored is None else "changed"
    if found and found.differences() and found.is_over(placing.standing.today):
        kind = "ended"
    return Change(
        kind=kind,
        row=row,
        name=str(found.person.after("name")) if found else "",
        seat=int(seat.after("position")) if seat else None,
        place=_place_of(found),
        differences=list(_differences(edits)),
    )


def _place_of(found: PlaceEdit | None) -> str:
    """The code of what somebody is; nothing for a seat alone."""
    if found is None:
        return ""
    return str(found.after("role")) if found.noun == "member" else found.noun


def _differences(edits: Sequence[Edit]) -> Iterator[Difference]:
    """The cells that change, in the order of a file's columns."""
    told = [
        (FIELDS.get(name, name), name, before, after)
        for edit in edits
        for name, (before, after) in edit.differences().items()
        if edit.stored is not None or not _goes_without_saying(name, after)
    ]
    for field, name, before, after in sorted(told, key=lambda each: ORDER.index(each[0])):
        yield Difference(column.name(field), _said(name, before), _said(name, after))


def _goes_without_saying(name: str, value: Any) -> bool:
    """Of something new: what the row's own cells show, and what is empty or usual."""
    return name in ("name", "role", "position") or value in (None, "", False)


def _said(name: str, value: Any) -> str:
    """A value as a reader knows it; nothing for what is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return line.word("yes" if value else "no")
    if isinstance(value, date):
        return short_day(value)
    return line.word(value) if FIELDS.get(name, name) in line.CODES else str(value)
