"""What the browser of somebody whose key opens a round has to know of it."""

from typing import Any

from flask import url_for
from sqlmodel import Session

from app import rules_of_procedure, subject
from app.models import Member, Officer, Question, Round
from app.round import releasing
from app.round.closing import count_votes
from voting.rules import poll


def waiting(held: Session, round_: Round, person: Member | Officer) -> dict[str, Any]:
    """Whose part is missing, and where each box lies with the proofs of those who were there."""
    holders = releasing.holders(held, round_)
    own = releasing.holder_of(held, round_, person)
    return {
        "round": round_.id,
        "public_key": own.public_key if own else None,
        "released": bool(own and own.has_released),
        "there": sum(each.has_released for each in holders),
        "needed": releasing.needed(round_, holders),
        "missing": releasing.missing(holders),
        "minimum": poll.least(rules_of_procedure.procedure(held, round_)),
        "questions": [_question(held, round_, each) for each in releasing.waiting(held, round_)],
        "address": url_for("commission.release", round_id=round_.id),
    }


def _question(held: Session, round_: Round, question: Question) -> dict[str, Any]:
    at = question.round_id, question.id
    return {
        "question": question.id,
        "title": subject.of(held, question).title,
        "ballots": count_votes(held, round_, question),
        "archive": _address("archive", *at),
        "strong": _address("strong", *at),
    }


def _address(view: str, round_id: str, question_id: str) -> str:
    return url_for(f"commission.{view}", round_id=round_id, question_id=question_id)
