"""What phones compare unasked: how the boxes end in which a member may vote, and what led there."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from app import alias
from app.board import read_chain
from app.models import Board, Member, Question, RollEntry, Round
from app.text import BERLIN


def heads(held: Session, member: Member) -> dict[str, Any]:
    """The newest head of each box on whose roll the member is, by round and question.

    Nothing is compared any more from `until` on, and of a void round not at all.
    """
    rows = held.exec(
        select(Round, Board.question_id, Board.head)
        .join(Question, col(Question.round_id) == Round.id)
        .join(Board, col(Board.question_id) == Question.id)
        .join(RollEntry, col(RollEntry.question_id) == Question.id)
        .where(RollEntry.area_id == member.area_id, RollEntry.member_id == member.id)
        .order_by(col(Round.id), col(Question.position))
    )
    rounds: dict[str, Any] = {}
    for round_, question_id, head in rows:
        told = rounds.setdefault(round_.id, _told(round_))
        told["heads"][question_id] = head
    return {"member": alias.of(member), "rounds": rounds}


def _told(round_: Round) -> dict[str, Any]:
    until = _begin_of(round_.box_ends_on) if round_.box_ends_on else None
    return {"until": until, "is_void": round_.state == "void", "heads": {}}


def _begin_of(day: date) -> str:
    """When a day begins in Berlin."""
    return datetime.combine(day, time(), tzinfo=BERLIN).isoformat()


def chains(held: Session, round_: Round, member: Member) -> dict[str, Any]:
    """The chains of the boxes of a round on whose roll the member is, by question."""
    own = held.exec(
        select(Board.question_id)
        .join(Question, col(Question.id) == Board.question_id)
        .join(RollEntry, col(RollEntry.question_id) == Question.id)
        .where(Question.round_id == round_.id, RollEntry.member_id == member.id)
        .order_by(col(Question.position))
    ).all()
    return {each: read_chain(held, each) for each in own}
