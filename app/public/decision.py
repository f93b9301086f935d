"""One decision: what its page shows was written when it was published."""

from typing import Any

from sqlalchemy import Row, bindparam, func, select

from app import db
from app.models import Decision

_tables = Decision.metadata.tables
_decision, _question = _tables["decision"].c, _tables["question"].c
_proposal, _meeting = _tables["proposal"].c, _tables["meeting"].c

_STATE = (
    select(_proposal.state)
    .join_from(_tables["proposal"], _tables["question"], _question.proposal_id == _proposal.id)
    .where(_question.id == _decision.question_id)
    .correlate(_tables["decision"])
    .scalar_subquery()
    .label("state")
)
_NEXT_MEETING = (
    select(func.min(_meeting.starts_at))
    .where(_meeting.body_id == _decision.body_id, _meeting.starts_at > func.current_timestamp())
    .correlate(_tables["decision"])
    .scalar_subquery()
    .label("next_meeting")
)
# Built once and from tables: the page is read most, and its database work must stay small.
_SHOWN = select(
    _decision.page, _decision.summary, _decision.published_at, _STATE, _NEXT_MEETING
).where(_decision.year == bindparam("year"), _decision.n == bindparam("n"))


def find(year: int, n: int) -> Row[Any] | None:
    """The stored page, its summary and the two facts that still move, in one query."""
    return db.look_up(_SHOWN, year=year, n=n)
