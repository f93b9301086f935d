"""How the views for two persons find a round: in the own area, and with a part for the visitor."""

from flask_login import current_user
from sqlmodel import Session
from werkzeug.exceptions import NotFound

from app import db
from app.errors import Refused
from app.models import Member, Question, Round
from app.own_row import load
from app.round import enterers


def load_papers(held: Session, round_id: str, *, lock: bool = False) -> Round:
    """A round whose papers the visitor may enter; an officer is told who does it instead."""
    found = load(held, Round, round_id, lock=lock)
    if enterers.may_read(held, found, current_user.person, db.clock(held)):
        return found
    if isinstance(current_user.person, Member):
        raise NotFound()
    raise Refused("papers_by_commission")


def load_count(held: Session, question_id: str, ways: tuple[str, ...]) -> Question:
    """A question that is counted in one of these ways, and that the visitor may count."""
    question = load(held, Question, question_id)
    round_ = held.get_one(Round, question.round_id)
    if round_.way not in ways or question.roll_facts is None:
        raise NotFound()
    if not enterers.may_count(held, round_, current_user.person, db.clock(held)):
        raise NotFound()
    return question
