"""A round is drafted: one question for each proposal, and who is recused from which."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from app import wording
from app.body import day_of, term_on
from app.errors import Refused
from app.models import Body, Meeting, Proposal, Question, Recusal, Round, Term
from voting.protocol.credential import BASE58
from voting.protocol.election import digest_wording

ID_LENGTH = 14


def make_id() -> str:
    """A random public id; a question's is the uuid of its election."""
    return "".join(secrets.choice(BASE58) for _ in range(ID_LENGTH))


def prepare(
    held: Session, *, body: Body, meeting: Meeting, proposals: Sequence[Proposal], now: datetime
) -> Round:
    """Draft a round of this meeting; wording and sum come from the proposals."""
    round_ = Round(
        id=make_id(),
        area_id=body.area_id,
        body_id=body.id,
        term_id=_term_on(held, body, meeting).id,
        meeting_id=meeting.id,
        created_at=now,
    )
    held.add(round_)
    held.flush()
    for position, proposal in enumerate(proposals, start=1):
        held.add(_question(round_, position, proposal))
        proposal.state = "scheduled"
    held.flush()
    return round_


def _term_on(held: Session, body: Body, meeting: Meeting) -> Term:
    term = term_on(held, body, day_of(meeting.starts_at))
    if term is None:
        raise Refused("no_term")
    return term


def _question(round_: Round, position: int, proposal: Proposal) -> Question:
    return Question(
        id=make_id(),
        area_id=round_.area_id,
        round_id=round_.id,
        position=position,
        proposal_id=proposal.id,
        **_asked(proposal),
    )


def reword(held: Session, round_: Round) -> None:
    """Take wording and sum from the proposals as they read now; they are final from here on."""
    for question in questions_of(held, round_):
        proposal = held.get_one(Proposal, question.proposal_id)
        question.sqlmodel_update(_asked(proposal))


def _asked(proposal: Proposal) -> dict[str, Any]:
    words, options = wording.funding(proposal), wording.options()
    return {
        "wording": words,
        "options": options,
        "amount_cents": proposal.requested_cents,
        "digest": digest_wording(words, options, wording.ORDER),
    }


def questions_of(held: Session, round_: Round) -> Sequence[Question]:
    """The questions of a round in their order."""
    return held.exec(
        select(Question).where(Question.round_id == round_.id).order_by(col(Question.position))
    ).all()


def set_recusals(held: Session, question: Question, member_ids: Iterable[int]) -> None:
    """Replace who is recused from a question; lawful before opening only."""
    round_ = held.get_one(Round, question.round_id)
    if round_.state not in ("draft", "announced"):
        raise Refused("already_done")
    held.exec(delete(Recusal).where(col(Recusal.question_id) == question.id))
    for member_id in sorted(set(member_ids)):
        held.add(Recusal(area_id=question.area_id, question_id=question.id, member_id=member_id))
    held.flush()
