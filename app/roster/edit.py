"""What a file does to one row of the roster."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from flask_babel import gettext as _

from app.roster import column
from app.roster.importing_areas import Fault
from app.roster.line import Line

Noun = Literal["person", "seat", "member", "deputy", "reserve"]


@dataclass(eq=False, kw_only=True)
class Edit:
    """A row of the database, if there is one, and the columns that a file gives it.

    `row` is the first row of the file that speaks of it; none when the file is silent. `id` is
    that of the database's row, once there is one.
    """

    noun: Noun
    row: int | None = None
    stored: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    id: int | None = None

    def __post_init__(self) -> None:
        self.id = None if self.stored is None else self.stored.id

    def after(self, name: str) -> Any:
        """What the column will hold."""
        return self.values[name] if name in self.values else getattr(self.stored, name)

    def differences(self) -> Mapping[str, tuple[Any, Any]]:
        """Old and new value of each column that changes; of a new row, all of them."""
        if self.stored is None:
            return {name: (None, value) for name, value in self.values.items()}
        before = {name: getattr(self.stored, name) for name in self.values}
        return {
            name: (before[name], value)
            for name, value in self.values.items()
            if before[name] != value
        }


@dataclass(eq=False, kw_only=True)
class PlaceEdit(Edit):
    """A membership, a deputy or a place on the reserve list: of whom, and at which seat."""

    person: Edit
    seat: Edit | None = None

    def is_over(self, today: date) -> bool:
        """Whether it will be a place of the past."""
        if self.noun == "reserve":
            return self.after("left_on") is not None
        return bool(self.after("ends_on") < today)

    def overlaps(self, other: "PlaceEdit") -> bool:
        """Whether there is a day that lies in both."""
        return bool(
            self.after("starts_on") <= other.after("ends_on")
            and other.after("starts_on") <= self.after("ends_on")
        )


def merge(edit: Edit, line: Line, names: tuple[str, ...]) -> Iterator[Fault]:
    """Add what a line says; two lines must not say different things of the same row."""
    if edit.row is None:
        edit.row = line.row
    for name in names:
        value = line.get(name)
        if value is None:
            continue
        if edit.values.setdefault(name, value) != value:
            yield Fault(
                line.row,
                column.name(name),
                _("In Zeile %(row)d steht etwas anderes.", row=edit.row),
            )
