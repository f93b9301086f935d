"""One decision: what its page shows was written when it was published."""

from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlmodel import Session, col

from app.models import Decision, Meeting, Proposal, Question

_STATE = (
    select(col(Proposal.state))
    .join(Question, col(Question.proposal_id) == Proposal.id)
    .where(col(Question.id) == Decision.question_id)
    .correlate(Decision)
    .scalar_subquery()
    .label("state")
)
_NEXT_MEETING = (
    select(func.min(col(Meeting.starts_at)))
    .where(
        col(Meeting.body_id) == Decision.body_id,
        col(Meeting.starts_at) > func.current_timestamp(),
    )
    .correlate(Decision)
    .scalar_subquery()
    .label("next_meeting")
)
# Built once: putting it together takes longer than running it.
_SHOWN = (
    select(Decision)
    .with_only_columns(
        col(Decision.page), col(Decision.summary), col(Decision.published_at), _STATE, _NEXT_MEETING
    )
    .where(col(Decision.year) == bindparam("year"), col(Decision.n) == bindparam("n"))
)


def find(held: Session, year: int, n: int) -> Row[Any] | None:
    """The stored page, its summary and the two facts that still move, in one query."""
    return held.connection().execute(_SHOWN, {"year": year, "n": n}).first()
