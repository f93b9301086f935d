"""How many have cast, as bare numbers, and what a member can be shown of an own vote."""

from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.booth.casting import receipt_id
from app.models import Ballot, CredentialPointer, Question, Receipt, RollEntry, Round


class Turnout(NamedTuple):
    """Members who have cast, members on a roll with a voting key, members on a roll."""

    cast: int
    with_key: int
    roll: int


def turnout(held: Session, round_: Round) -> Turnout:
    """Count over all questions of a round; nothing here depends on a choice."""
    on_roll = (
        select(func.count(func.distinct(RollEntry.member_id)))
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id)
    )
    with_key = on_roll.where(col(RollEntry.credential).is_not(None))
    cast = (
        select(func.count(func.distinct(CredentialPointer.credential)))
        .join(Question, col(Question.id) == CredentialPointer.question_id)
        .where(Question.round_id == round_.id)
    )
    return Turnout(*(held.exec(query).one() for query in (cast, with_key, on_roll)))


def last_receipt(held: Session, round_: Round, member_id: int) -> str | None:
    """The id of the receipt of the member's ballots that count, if there are any."""
    trackers = held.exec(
        select(Ballot.tracker)
        .join(
            CredentialPointer,
            (col(CredentialPointer.question_id) == Ballot.question_id)
            & (col(CredentialPointer.height) == Ballot.height),
        )
        .join(
            RollEntry,
            (col(RollEntry.question_id) == Ballot.question_id)
            & (col(RollEntry.credential) == CredentialPointer.credential),
        )
        .join(Question, col(Question.id) == Ballot.question_id)
        .where(Question.round_id == round_.id, RollEntry.member_id == member_id)
        .order_by(col(Question.position))
    ).all()
    found = held.get(Receipt, receipt_id(trackers)) if trackers else None
    return found.id if found else None
