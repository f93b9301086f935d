"""A counting commission in the making: the member, the moderator and the administrator."""

from typing import Any

from sqlmodel import Session, select

from app.commission import appointing
from app.models import Body, Term
from tests.app.rights.ground import Ground


def build(held: Session, ground: Ground) -> None:
    """The three of the jury's term have sent nothing yet."""
    jury = held.get_one(Body, ground.ids["free_jury_id"])
    term = held.exec(select(Term).where(Term.body_id == jury.id)).one()
    people = (ground.member, ground.moderator, ground.administrator)
    made = appointing.appoint(held, jury, term, people, ground.council.meeting.starts_at)
    ground.ids["commission_id"] = made.id


def named(ground: Ground) -> dict[str, Any]:
    """What the form sends that names three members of the council."""
    places = zip(("first", "second", "third"), ground.council.members, strict=False)
    return {place: f"m{member.id}" for place, member in places}
