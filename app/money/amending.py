"""What a desk typed at the table becomes what the meeting proposes, row by row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlmodel import Session, select

from app import reckoning, rules_of_procedure, wording
from app.errors import Refused
from app.models import Amendment, Meeting
from app.money.forms import RowForm
from app.money.merging import Merged, merge
from app.reckoning import Row, Table
from app.text import NBSP, amount
from voting.rules.procedure import Procedure


@dataclass(frozen=True)
class Typed:
    """A row with its form; `row` is what holds after merging."""

    row: Row
    form: RowForm
    notes: Sequence[str] = ()

    @property
    def problem(self) -> str:
        """What is wrong, in words; empty if nothing is."""
        errors = [str(said) for field in self.form for said in field.errors]
        return " ".join([*errors, *self.notes])

    @property
    def has_problem(self) -> bool:
        return bool(self.problem)


def languages(held: Session, meeting: Meeting) -> list[str]:
    """In which languages a condition of the body's own must be written."""
    version = rules_of_procedure.in_force(held, meeting.body_id)
    return wording.offered(version.parameters if version else {})


def shown(table: Table, offered: Sequence[str]) -> list[Typed]:
    """The rows as they are stored, ready to be changed."""
    return [Typed(each, _form(each, offered)) for each in table.rows]


def read(
    table: Table, offered: Sequence[str], procedure: Procedure, sent: Mapping[str, Any]
) -> list[Typed]:
    """The rows with what was typed; a row that was not on the page stays as it is."""
    return [
        _read(each, table, offered, procedure, sent)
        if f"{_prefix(each)}-seen" in sent
        else Typed(each, _form(each, offered))
        for each in table.rows
    ]


def _read(
    row: Row,
    table: Table,
    offered: Sequence[str],
    procedure: Procedure,
    sent: Mapping[str, Any],
) -> Typed:
    form = RowForm.in_languages(offered)(sent, prefix=_prefix(row))
    form.offer_conditions()
    is_valid = form.validate()
    own = form.own_condition(offered)
    cap = None if form.is_left_out.data else table.pot.cap_cents
    form.require_lawful(row.proposal, cap, own)
    if not is_valid or form.errors:
        return Typed(row, form)
    typed = {
        "cents": form.cents.data,
        "conditions": list(form.conditions.data or ()),
        "own_condition": own,
        "is_left_out": bool(form.is_left_out.data),
    }
    merged = merge(typed, _seen(form), values_of(row))
    changed = _changed(row, merged)
    if not reckoning.may_change(changed, procedure):
        raise Refused("amend_not_allowed")
    form.seen.data = json.dumps(values_of(row))
    return Typed(changed, form, _notes(row, merged))


def _seen(form: RowForm) -> dict[str, Any]:
    try:
        found = json.loads(form.seen.data or "")
    except ValueError:
        raise Refused("bad_request") from None
    if not isinstance(found, dict):
        raise Refused("bad_request")
    return found


def _changed(row: Row, merged: Merged) -> Row:
    values = merged.values | {"conditions": tuple(merged.values["conditions"])}
    return replace(row, **values)


def _notes(row: Row, merged: Merged) -> list[str]:
    """What another desk wrote where this one typed something else."""
    said = {
        "cents": gettext("Am anderen Tisch steht jetzt %(sum)s.", sum=amount(row.cents)),
        "conditions": gettext("Am anderen Tisch stehen jetzt andere Auflagen."),
        "own_condition": gettext("Am anderen Tisch steht jetzt eine andere eigene Auflage."),
        "is_left_out": gettext("Am anderen Tisch ist „Heute nicht“ jetzt anders."),
    }
    again = gettext("Speichern Sie noch einmal, dann gilt Ihre Eingabe.")
    return [f"{words} {again}" for name, words in said.items() if name in merged.taken]


def store(held: Session, meeting: Meeting, row: Row, now: datetime) -> None:
    """Keep a row if it says something new."""
    found = held.exec(
        select(Amendment).where(
            Amendment.meeting_id == meeting.id, Amendment.proposal_id == row.proposal.id
        )
    ).first()
    values = values_of(row)
    if found is None:
        found = Amendment(
            area_id=meeting.area_id,
            meeting_id=meeting.id,
            proposal_id=row.proposal.id,
            changed_at=now,
            **values,
        )
    elif any(getattr(found, name) != value for name, value in values.items()):
        found.sqlmodel_update(values | {"changed_at": now})
    held.add(found)
    held.flush()


def values_of(row: Row) -> dict[str, Any]:
    """What can be changed, as JSON keeps it."""
    return {
        "cents": row.cents,
        "conditions": list(row.conditions),
        "own_condition": row.own_condition,
        "is_left_out": row.is_left_out,
    }


def typed_amount(cents: int) -> str:
    """An amount as it stands in a field."""
    return amount(cents).strip(f"€{NBSP}")


def _form(row: Row, offered: Sequence[str]) -> RowForm:
    own = {f"own_{each}": row.own_condition.get(each, "") for each in offered}
    values = values_of(row)
    form = RowForm.in_languages(offered)(
        prefix=_prefix(row), data=values | own | {"seen": json.dumps(values)}
    )
    form.offer_conditions()
    return form


def _prefix(row: Row) -> str:
    return f"p{row.proposal.id}"
