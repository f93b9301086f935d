"""A paper is entered by two persons on two screens; equal entries are cast as one ballot.

Both screens make the ballot by themselves, from the secret of the numbers and from what stands on
the paper: the same answer gives the same bytes. The server learns whether they agree, no answer.
"""

from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from app import db
from app.errors import Refused
from app.json_request import text_of
from app.models import Board, CredentialPointer, Paper, Round
from app.models.confirmation import LIFETIME
from app.paper.numbers import MOST, place_of
from app.round.casting import Cast, lock, require_open, store, verify
from app.round.enterers import Person
from app.round.papers import standing
from app.round.preparing import questions_of

Entered = Literal["waiting", "cast", "unequal"]


def enter(person: Person, round_: Round, sent: dict[str, Any]) -> Entered:
    """Take one entry; the second of two equal ones is cast, unequal ones are both forgotten.

    A first one that waited longer than 30 minutes is forgotten too.

    Raise Refused: paper_not_enterer, paper_unknown, paper_used, paper_waits,
    question_unknown, malformed, not_entitled, proof_broken, not_open or closed.
    """
    held, round_id = db.session(), round_.id
    place = place_of(held, round_, person)
    if place is None:
        raise Refused("paper_not_enterer")
    paper, cast = _load(held, round_, sent)
    paper_number = paper.number
    db.end_read()
    verify([cast])
    held = db.begin_write()
    state, closes_at = lock(held.connection(), round_id)
    now = db.clock(held)
    require_open(state, closes_at, now)
    paper = held.get_one(Paper, (cast.question_id, paper_number), with_for_update=True)
    _require_unused(held, paper)
    return _compare(held, place, round_id, paper, cast, now)


def _load(held: Session, round_: Round, sent: dict[str, Any]) -> tuple[Paper, Cast]:
    """The paper that is entered and its ballot, of a question of the round."""
    name = text_of(sent, "question")
    question = next((each for each in questions_of(held, round_) if each.id == name), None)
    if question is None:
        raise Refused("question_unknown")
    number = sent.get("number")
    is_number = type(number) is int and 0 < number <= MOST
    paper = held.get(Paper, (question.id, number)) if is_number else None
    if paper is None:
        raise Refused("paper_unknown")
    _require_unused(held, paper)
    board = held.get_one(Board, question.id)
    ballot = _bytes(text_of(sent, "ballot"))
    return paper, Cast(question.id, paper.credential, ballot, board.election)


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused("malformed") from None


def _require_unused(held: Session, paper: Paper) -> None:
    """A number counts once; what was given back no number stands for."""
    if held.get(CredentialPointer, (paper.question_id, paper.credential)):
        raise Refused("paper_used")
    if standing(held, paper.question_id).out < 1:
        raise Refused("paper_used")


def _compare(
    held: Session, place: int, round_id: str, paper: Paper, cast: Cast, now: datetime
) -> Entered:
    if not _waits(paper, now):
        paper.place, paper.entered_at = place, now
        paper.tracker, paper.is_unequal = cast.tracker, False
        held.flush()
        return "waiting"
    if paper.place == place:
        raise Refused("paper_waits")
    is_equal = paper.tracker == cast.tracker
    paper.place, paper.entered_at = None, None
    paper.tracker, paper.is_unequal = None, not is_equal
    held.flush()
    if not is_equal:
        return "unequal"
    store(held, paper.area_id, round_id, [cast])
    return "cast"


def _waits(paper: Paper, now: datetime) -> bool:
    """Whether a first entry waits for the second one."""
    return paper.entered_at is not None and paper.entered_at + LIFETIME > now


def state_of(paper: Paper, place: int | None, now: datetime, *, is_cast: bool) -> str:
    """How far a paper is for one of the two: whether there is something to do with it."""
    if is_cast:
        return "cast"
    if _waits(paper, now):
        return "mine" if paper.place == place else "other"
    return "unequal" if paper.is_unequal else "open"
