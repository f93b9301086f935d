"""An uploaded roster between its upload and the confirmation: rows, columns, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app.models import Body, RosterImport, Term
from app.roster import column, comparing, reading, standing
from app.roster.comparing import Comparison
from app.roster.standing import Standing


@dataclass(frozen=True)
class Choices:
    """How the file is to be read: the field of each column, who unclear rows are, who leaves."""

    fields: Sequence[str]
    chosen: Mapping[int, int] = field(default_factory=dict)
    leaving: bool = False

    @classmethod
    def of(cls, kept: RosterImport) -> "Choices":
        stored = kept.mapping
        chosen = {int(row): member for row, member in stored["chosen"].items()}
        return cls(stored["fields"], chosen, stored["leaving"])

    def as_json(self) -> dict[str, Any]:
        chosen = {str(row): member for row, member in self.chosen.items()}
        return {"fields": list(self.fields), "chosen": chosen, "leaving": self.leaving}


def parse(content: bytes) -> tuple[reading.Rows, list[str]]:
    """The rows of a file and the guessed field of each column; or FileRefused."""
    rows = reading.read(content)
    if not rows:
        raise reading.FileRefused(_("Die Datei ist leer."))
    header = rows[column.header_at(rows)]
    forbidden = column.forbidden(header)
    if forbidden:
        raise reading.FileRefused(
            _(
                "Diese Spalte geht nicht: %(names)s. Rechte und Gebiete nimmt keine Datei mit.",
                names=", ".join(forbidden),
            )
        )
    width = max(map(len, rows))
    return rows, column.guess([*header, *[""] * (width - len(header))])


def waiting(held: Session, body: Body) -> Sequence[tuple[int, str, datetime]]:
    """The files of a body that nobody confirmed yet: id, name, time."""
    return held.exec(
        select(RosterImport.id, RosterImport.filename, RosterImport.uploaded_at)
        .where(RosterImport.body_id == body.id)
        .order_by(col(RosterImport.uploaded_at).desc())
    ).all()


def titles(kept: RosterImport) -> list[str]:
    """The title of each column; its number where it has none."""
    header = kept.rows[column.header_at(kept.rows)]
    missing = len(kept.mapping["fields"]) - len(header)
    return [
        title or _("Spalte %(number)d", number=number)
        for number, title in enumerate([*header, *[""] * missing], start=1)
    ]


def compare(
    held: Session, body: Body, term: Term, rows: reading.Rows, choices: Choices, now: datetime
) -> tuple[Standing, Comparison]:
    """What the file would change in the roster as it stands now."""
    found = standing.load(held, body, term, now)
    return found, comparing.compare(
        found, rows, choices.fields, choices.chosen, leaving=choices.leaving
    )
