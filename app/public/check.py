"""What everybody may hold of a closed round to count it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from app import box
from app.models import Area, Board, Body, Decision, LogEntry, Question, Round


def last_day(page: Mapping[str, Any]) -> date | None:
    """Until when the box of a decision's page is there; None if that is not fixed."""
    until = (page.get("box") or {}).get("until")
    return date.fromisoformat(until) if until else None


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


def log_head(held: Session, area: Area) -> LogEntry | None:
    """The entry with which the log of an area ends now."""
    entries = select(LogEntry).where(LogEntry.area_id == area.id)
    return held.exec(entries.order_by(col(LogEntry.seq).desc()).limit(1)).first()


def closed_box(held: Session, round_id: str, question_id: str) -> Any | None:
    """A question, its round and its board; while the round is open they are for its roll alone.

    The board is None when its day has come.
    """
    return held.exec(
        select(Question, Round, Board)
        .join(Round, col(Round.id) == Question.round_id)
        .join(Board, col(Board.question_id) == Question.id, isouter=True)
        .where(Question.id == question_id, Round.id == round_id, Round.state == "closed")
        .where(col(Round.is_practice).is_(False))
    ).first()


def readable_board(
    held: Session, round_id: str, question_id: str, person: object
) -> tuple[Board, bool] | None:
    """A board that this person may read, and whether everybody may; else a refusal says why."""
    found = closed_box(held, round_id, question_id)
    if found is None:
        return None
    question, round_, board = found
    box.require_there(question)
    if board is None:
        return None
    box.require_reader(held, round_, person)
    return board, box.audience(held, round_) == "public"
