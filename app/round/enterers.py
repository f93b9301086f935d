"""Who enters what people wrote or counted: two persons, the second one within 30 minutes.

Papers are read by two of the counting commission where the body has one. Otherwise, and for votes
that the room sees or hears, one of the two is an officer; the other one may be a member who speaks
or counts for the body.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from app import counting_commission, same_person, trusteeship
from app.body import day_of
from app.errors import Refused
from app.models import Member, Officer, Question, Round
from app.models.paper import Entry
from app.round.telling import tell
from app.second_person import own_bodies

Person = Officer | Member


def may_count(held: Session, round_: Round, person: Person, now: datetime) -> bool:
    """Whether somebody may be one of the two who count a vote of this round."""
    return isinstance(person, Officer) or round_.body_id in own_bodies(held, person, now)


def may_read(held: Session, round_: Round, person: Person, now: datetime) -> bool:
    """Whether somebody may be one of the two who read and enter papers of this round."""
    commission = counting_commission.in_force(held, round_.body_id, day_of(now))
    if commission is None:
        return may_count(held, round_, person, now)
    trustees = counting_commission.trustees_of(held, commission)
    return any(counting_commission.is_of(each, person) for each in trustees)


def is_by_commission(held: Session, round_: Round, now: datetime) -> bool:
    """Whether only people of a counting commission read the papers of this round."""
    return counting_commission.in_force(held, round_.body_id, day_of(now)) is not None


def author(person: Person) -> dict[str, Any]:
    """The columns that say who entered something."""
    is_member = isinstance(person, Member)
    return {
        "officer_id": None if is_member else person.id,
        "member_id": person.id if is_member else None,
    }


def require_second(
    held: Session, round_: Round, first: Entry, person: Person, now: datetime
) -> None:
    """Refuse the first person, two members who do not both count for the body, and who is late."""
    before = _who(held, first)
    if same_person.are_same(before, person):
        raise Refused("second_person_needed")
    if first.expires_at <= now:
        raise Refused("confirmation_expired")
    if isinstance(before, Member) and isinstance(person, Member):
        _require_trustees(held, round_, [before, person], now)


def _who(held: Session, entry: Entry) -> Person:
    if entry.member_id is not None:
        return held.get_one(Member, entry.member_id)
    return held.get_one(Officer, entry.officer_id)


def _require_trustees(held: Session, round_: Round, both: list[Member], now: datetime) -> None:
    today = day_of(now)
    if any(round_.body_id not in trusteeship.counted_for(held, each, today) for each in both):
        raise Refused("officer_needed")


def require_open(held: Session, question: Question, ways: tuple[str, ...]) -> Round:
    """The open round of a question that is voted on in one of these ways."""
    round_ = held.get_one(Round, question.round_id)
    if round_.way not in ways:
        raise Refused("not_found")
    if round_.state != "open" or question.state != "listed":
        raise Refused("closed")
    return round_


def tell_entered(
    held: Session,
    round_: Round,
    what: str,
    question: Question | None,
    reason: str,
    now: datetime,
) -> None:
    """Say in the log that two persons entered something, and why; never who."""
    public = {
        "round": round_.id,
        "question": question.id if question else None,
        "what": what,
        "reason": reason,
    }
    tell(held, round_, "entered_by_two", public, now)
