"""A paper is entered by two officers on two screens; equal entries are cast as one ballot.

Both screens make the ballot by themselves, from the secret of the numbers and from what stands on
the paper: the same answer gives the same bytes. The server learns whether they agree, no answer.
"""

from typing import Any, Literal

from sqlmodel import Session

from app import db
from app.errors import Refused
from app.json_request import text_of
from app.models import Board, CredentialPointer, Officer, Paper, Round
from app.paper.numbers import MOST, is_enterer
from app.round.casting import Cast, lock, require_open, store, verify
from app.round.papers import standing
from app.round.preparing import questions_of

Entered = Literal["waiting", "cast", "unequal"]


def enter(officer: Officer, round_: Round, sent: dict[str, Any]) -> Entered:
    """Take one entry; the second of two equal ones is cast, unequal ones are both forgotten.

    Raise Refused: paper_not_enterer, paper_unknown, paper_used, paper_waits,
    question_unknown, malformed, not_entitled, proof_broken, not_open or closed.
    """
    held, round_id = db.session(), round_.id
    paper, cast = _load(held, officer, round_, sent)
    paper_number = paper.number
    db.end_read()
    verify([cast])
    held = db.begin_write()
    state, closes_at = lock(held.connection(), round_id)
    require_open(state, closes_at, db.clock(held))
    paper = held.get_one(Paper, (cast.question_id, paper_number), with_for_update=True)
    _require_unused(held, paper)
    return _compare(held, officer, round_id, paper, cast)


def _load(
    held: Session, officer: Officer, round_: Round, sent: dict[str, Any]
) -> tuple[Paper, Cast]:
    """The paper that is entered and its ballot, of a round and by somebody that fit."""
    if not is_enterer(held, round_, officer):
        raise Refused("paper_not_enterer")
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


def _compare(held: Session, officer: Officer, round_id: str, paper: Paper, cast: Cast) -> Entered:
    if paper.entered_by is None:
        paper.entered_by, paper.tracker, paper.is_unequal = officer.id, cast.tracker, False
        held.flush()
        return "waiting"
    if paper.entered_by == officer.id:
        raise Refused("paper_waits")
    is_equal = paper.tracker == cast.tracker
    paper.entered_by, paper.tracker, paper.is_unequal = None, None, not is_equal
    held.flush()
    if not is_equal:
        return "unequal"
    store(held, paper.area_id, round_id, [cast])
    return "cast"


def state_of(paper: Paper, officer: Officer, *, is_cast: bool) -> str:
    """How far a paper is for this officer: whether there is something to do with it."""
    if is_cast:
        return "cast"
    if paper.entered_by is not None:
        return "mine" if paper.entered_by == officer.id else "other"
    return "unequal" if paper.is_unequal else "open"
