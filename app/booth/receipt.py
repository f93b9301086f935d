"""What a receipt says to the member who opens it: never a choice, never a time."""

import json
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app import subject
from app.errors import Refused
from app.models import (
    Ballot,
    CredentialPointer,
    Member,
    Question,
    Receipt,
    RollEntry,
    Round,
)
from app.round.casting import name_receipt


class Line(NamedTuple):
    """One ballot of the receipt."""

    question: Question
    title: str
    tracker: str


class Shown(NamedTuple):
    """A receipt with the round it belongs to."""

    receipt: Receipt
    round: Round
    lines: list[Line]
    document: dict[str, Any]


def require_receipt(held: Session, member: Member, receipt_id: str) -> Shown:
    """A receipt of the member's area."""
    row = held.exec(
        select(Receipt, Round)
        .join(Round, col(Round.id) == Receipt.round_id)
        .where(Receipt.area_id == member.area_id, Receipt.id == receipt_id)
    ).first()
    if row is None:
        raise Refused("not_found")
    receipt, round_ = row
    document = json.loads(receipt.document)
    return Shown(receipt, round_, _lines(held, round_, document), document)


def _lines(held: Session, round_: Round, document: dict[str, Any]) -> list[Line]:
    trackers = {each["question"]: each["tracker"] for each in document["ballots"]}
    questions = held.exec(
        select(Question)
        .where(Question.round_id == round_.id, col(Question.id).in_(list(trackers)))
        .order_by(col(Question.position))
    ).all()
    subjects = subject.of_all(held, questions)
    return [Line(each, subjects[each.id].title, trackers[each.id]) for each in questions]


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
    found = held.get(Receipt, name_receipt(trackers)) if trackers else None
    return found.id if found else None
