"""What everybody may hold of a closed round to count it again."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from app.board import read_archive
from app.models import Area, Board, Body, Decision, Question, Round


def find_round(held: Session, round_id: str) -> Any | None:
    """A round with its body and area, from its announcement on."""
    return held.exec(
        select(Round, Body, Area)
        .join(Body, col(Body.id) == Round.body_id)
        .join(Area, col(Area.id) == Round.area_id)
        .where(Round.id == round_id, Round.state != "draft")
        .where(col(Round.is_practice).is_(False))
    ).first()


def questions(held: Session, round_id: str) -> Sequence[Any]:
    """Each question with its board and its decision, as far as there are any."""
    return held.exec(
        select(Question, Board, Decision)
        .join(Board, col(Board.question_id) == Question.id, isouter=True)
        .join(Decision, col(Decision.question_id) == Question.id, isouter=True)
        .where(Question.round_id == round_id)
        .order_by(col(Question.position))
    ).all()


def closed_board(held: Session, round_id: str, question_id: str) -> Board | None:
    """The board of a question; while the round is open it is for its roll alone."""
    return held.exec(
        select(Board)
        .join(Question, col(Question.id) == Board.question_id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Board.question_id == question_id, Round.id == round_id, Round.state == "closed")
        .where(col(Round.is_practice).is_(False))
    ).first()


def archive(held: Session, round_id: str, question_id: str) -> bytes | None:
    board = closed_board(held, round_id, question_id)
    return read_archive(held, board.question_id) if board else None


def strong(held: Session, round_id: str, question_id: str) -> bytes | None:
    board = closed_board(held, round_id, question_id)
    return board.strong.encode() if board and board.strong else None
