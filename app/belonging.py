"""Rows of what one person shows to get in: a member's or an officer's, never both."""

from typing import Any

from sqlalchemy import ColumnElement, and_

from app.models import Member, Officer


def kind(person: Member | Officer) -> str:
    return "member" if isinstance(person, Member) else "officer"


def owner(person: Member | Officer) -> dict[str, Any]:
    """The columns that make a new row this person's."""
    return {"area_id": person.area_id, f"{kind(person)}_id": person.id}


def of(table: Any, person: Member | Officer) -> ColumnElement[bool]:
    """The condition that a row is this person's."""
    own = getattr(table, f"{kind(person)}_id")
    return and_(table.area_id == person.area_id, own == person.id)
