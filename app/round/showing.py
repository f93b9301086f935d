"""A result goes to the screen in the hall, before texts and publishing, and away again."""

from datetime import datetime

from sqlmodel import Session

from app.errors import Refused
from app.models import Round
from app.round.preparing import questions_of


def is_showable(held: Session, round_: Round) -> bool:
    """Whether every question that was voted on has its result."""
    states = {each.state for each in questions_of(held, round_)} - {"taken_out"}
    return round_.state == "closed" and bool(states) and "listed" not in states


def show(held: Session, round_: Round, now: datetime) -> None:
    if not is_showable(held, round_):
        raise Refused("not_counted")
    round_.shown_at = now
    held.flush()


def take_away(held: Session, round_: Round) -> None:
    round_.shown_at = None
    held.flush()
