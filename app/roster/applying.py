"""A compared roster file is stored, all of it in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, insert

from app.body import people_of
from app.card_revoking import revoke_cards
from app.models import Deputy, Member, Membership, ReservePlace, Seat
from app.roster.comparing import Comparison
from app.roster.edit import Edit, Noun, PlaceEdit
from app.roster.standing import Standing

TABLES: dict[Noun, Any] = {
    "person": Member,
    "seat": Seat,
    "member": Membership,
    "deputy": Deputy,
    "reserve": ReservePlace,
}


def apply(held: Session, standing: Standing, comparison: Comparison, now: datetime) -> None:
    """Store every edit; who has no place in the term any more loses card, key and sign-ins."""
    before = {person.member.id for person in people_of(held, standing.term, standing.today)}
    edits = comparison.edits
    _store(held, standing, [edit for edit in edits if edit.noun == "person"])
    _store(held, standing, [edit for edit in edits if edit.noun == "seat"])
    _store(held, standing, [edit for edit in edits if isinstance(edit, PlaceEdit)])
    after = {person.member.id for person in people_of(held, standing.term, standing.today)}
    if before - after:
        revoke_cards(held, standing.term.id, sorted(before - after), now)


def _store(held: Session, standing: Standing, edits: Sequence[Edit]) -> None:
    """Change what is stored and insert what is new, many rows in one statement."""
    for edit in edits:
        if edit.stored is not None:
            edit.stored.sqlmodel_update(edit.values)
            held.add(edit.stored)
    held.flush()
    for noun, table in TABLES.items():
        new = [edit for edit in edits if edit.noun == noun and edit.stored is None]
        if new:
            rows = [{**edit.values, **_keys(standing, edit)} for edit in new]
            statement = insert(table).returning(table.id, sort_by_parameter_order=True)
            for edit, made in zip(new, held.scalars(statement, rows), strict=True):
                edit.id = made


def _keys(standing: Standing, edit: Edit) -> dict[str, Any]:
    """Where a new row belongs."""
    area = {"area_id": standing.body.area_id}
    if edit.noun == "seat":
        return area | {"body_id": standing.body.id, "label": edit.values.get("label", "")}
    if not isinstance(edit, PlaceEdit):
        return area
    seat = {"seat_id": edit.seat.id} if edit.seat else {}
    return area | seat | {"term_id": standing.term.id, "member_id": edit.person.id}
