"""One decision: what its page shows was written when it was published."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from app.models import Decision, Meeting, Proposal, Question

_STATE = (
    select(Proposal.state)
    .join(Question, col(Question.proposal_id) == Proposal.id)
    .where(Question.id == Decision.question_id)
    .correlate(Decision)
    .scalar_subquery()
)
_NEXT_MEETING = (
    select(func.min(Meeting.starts_at))
    .where(Meeting.body_id == Decision.body_id, Meeting.starts_at > func.current_timestamp())
    .correlate(Decision)
    .scalar_subquery()
)


def find(held: Session, year: int, n: int) -> tuple[Decision, str, datetime | None] | None:
    """The decision and the two facts that still move, state and next meeting, in one query."""
    return held.exec(
        select(Decision, _STATE, _NEXT_MEETING).where(Decision.year == year, Decision.n == n)
    ).first()
