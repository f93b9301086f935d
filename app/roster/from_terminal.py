"""A roster file from the terminal: the same preview as text, and the same one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from app import archive, db
from app.body import day_of, term_to_fill
from app.errors import Refused, sentence
from app.models import Area, Body, Term
from app.roster import applying, kept_file
from app.roster.comparing import Change, Comparison
from app.roster.kept_file import Choices
from app.roster.reading import FileRefused, Rows
from app.roster.seating import lock_roster
from app.roster.standing import Standing
from app.text import word


class RosterRefused(Exception):
    """The file cannot be stored; nothing of it was."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Found:
    """What a file would do to the roster of a body."""

    body_id: int
    rows: Rows
    choices: Choices
    comparison: Comparison

    @property
    def may_be_stored(self) -> bool:
        return self.comparison.may_be_applied

    def sentences(self) -> Iterator[str]:
        """Every change, and how many rows change nothing."""
        for change in self.comparison.changes:
            yield _sentence(change)
        unchanged = self.comparison.unchanged
        yield ngettext("%(num)d Zeile ändert nichts.", "%(num)d Zeilen ändern nichts.", unchanged)

    def store(self) -> None:
        """Store it, unless the roster is not what it was."""
        with db.writing() as held:
            _lock(held, self.body_id)
            standing, comparison = _compare(held, self.body_id, self.rows, self.choices)
            if comparison.mark != self.comparison.mark:
                raise RosterRefused([_("Die Besetzung hat sich inzwischen geändert.")])
            applying.apply(held, standing, comparison, db.clock(held))


def _lock(held: Session, body_id: int) -> None:
    try:
        lock_roster(held, body_id)
    except Refused as refusal:
        raise RosterRefused([sentence(refusal.code, refusal.facts)]) from None


def look(content: bytes, body_id: int, *, leaving: bool) -> Found:
    """Read and compare a file; refuse one with faults, with all of them."""
    try:
        rows, fields = kept_file.parse(content)
    except FileRefused as refusal:
        raise RosterRefused([str(refusal)]) from None
    choices = Choices(fields, leaving=leaving)
    with db.reading() as held:
        _standing, comparison = _compare(held, body_id, rows, choices)
    unclear = [
        _("Zeile %(row)d, %(name)s: %(reason)s", row=each.row, name=each.name, reason=each.reason)
        for each in comparison.unclear
    ]
    if comparison.faults or unclear:
        raise RosterRefused([*map(str, comparison.faults), *unclear])
    return Found(body_id, rows, choices, comparison)


def _compare(
    held: Session, body_id: int, rows: Rows, choices: Choices
) -> tuple[Standing, Comparison]:
    now = db.clock(held)
    body, term = _body(held, body_id)
    return kept_file.compare(held, body, term, rows, choices, now)


def _body(held: Session, body_id: int) -> tuple[Body, Term]:
    body = held.get(Body, body_id)
    if body is None:
        raise RosterRefused([_("Dieses Gremium gibt es nicht.")])
    if archive.is_closed(held.get_one(Area, body.area_id)):
        raise RosterRefused([sentence("archived", {})])
    term = term_to_fill(held, body, day_of(db.clock(held)))
    if term is None:
        raise RosterRefused([sentence("no_term", {})])
    return body, term


def _sentence(change: Change) -> str:
    titles = {"new": _("Neu"), "changed": _("Geändert"), "ended": _("Scheidet aus")}
    subject = [
        *([_("Zeile %(row)d", row=change.row)] if change.row else []),
        *([change.name] if change.name else []),
        *([word(change.place)] if change.place else []),
        *([_("Sitz %(position)d", position=change.seat)] if change.seat else []),
    ]
    cells = (
        f"{each.title}: {each.before} → {each.after}"
        if each.before
        else f"{each.title}: {each.after}"
        for each in change.differences
    )
    return f"{titles[change.kind]}: {', '.join(subject)} ({'; '.join(cells)})"
