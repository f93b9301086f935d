"""One decision: what its page shows was written when it was published."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, bindparam, func, select, type_coerce
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from app import db
from app.models import Annulment, Condition, Confirmation, Correction, Decision, Objection
from app.models.column import UtcDateTime

_tables = Decision.metadata.tables
_decision, _question = _tables["decision"].c, _tables["question"].c
_proposal, _meeting = _tables["proposal"].c, _tables["meeting"].c
_asked, _grant = _tables["confirmation"].c, _tables["grant"].c

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
    .where(_meeting.state != "cancelled")
    .correlate(_tables["decision"])
    .scalar_subquery()
    .label("next_meeting")
)


def _number_of(table: str, *wanted: ColumnElement[bool]) -> Any:
    columns = _tables[table].c
    return (
        select(func.count())
        .select_from(_tables[table])
        .where(columns.decision_id == _decision.id, *wanted)
        .correlate(_tables["decision"])
        .scalar_subquery()
    )


_CORRECTED = _tables["correction"].c.confirmation_id.in_(
    select(_asked.id).where(_asked.confirmed_at.is_not(None))
)
_DOUBTS = (_number_of("objection") + _number_of("correction", _CORRECTED)).label("doubts")
# Built once and from tables: the page is read most, and its database work must stay small.
_SHOWN = select(
    _decision.id,
    _decision.page,
    _decision.summary,
    _decision.published_at,
    _decision.annulled_at,
    _STATE,
    _NEXT_MEETING,
    _DOUBTS,
    type_coerce(func.current_timestamp(), UtcDateTime()).label("now"),
    _grant.state.label("grant_state"),
    *(_grant[f"{name}_cents"] for name in ("approved", "reserved", "paid")),
)
_SHOWN = _SHOWN.join_from(
    _tables["decision"],
    _tables["grant"],
    _grant.question_id == _decision.question_id,
    isouter=True,
).where(_decision.year == bindparam("year"), _decision.n == bindparam("n"))


def find(year: int, n: int) -> Row[Any] | None:
    """The stored page, its summary and the two facts that still move, in one query."""
    return db.look_up(_SHOWN, year=year, n=n)


def conditions(decision: Row[Any]) -> dict[int, Condition]:
    """What is noted of the conditions, by their place; most decisions have none."""
    page = decision.page
    if not page.get("conditions"):
        return {}
    noted = rows_of(Condition).where(Condition.question_id == page["question_id"])
    return {each.position: each for each in db.session().exec(noted)}


class Doubts(NamedTuple):
    """What came after a decision was published."""

    objections: Sequence[Objection] = ()
    corrections: Sequence[tuple[Correction, Confirmation]] = ()
    annulment: tuple[Annulment, Confirmation] | None = None
    vote: Decision | None = None


def doubts(decision: Row[Any]) -> Doubts:
    """The objections, corrections and the end of a decision; most decisions have none."""
    if not decision.doubts and decision.annulled_at is None:
        return Doubts()
    held = db.session()
    annulment = _carried_out(held, Annulment, decision.id) if decision.annulled_at else ()
    return Doubts(
        objections=held.exec(
            rows_of(Objection)
            .where(Objection.decision_id == decision.id)
            .order_by(col(Objection.n))
        ).all(),
        corrections=_carried_out(held, Correction, decision.id),
        annulment=annulment[0] if annulment else None,
        vote=_vote(held, annulment[0][0]) if annulment else None,
    )


def _carried_out(held: Session, table: Any, decision_id: int) -> Sequence[Any]:
    """What two people agreed to, with what they were asked, the newest first."""
    return held.exec(
        rows_of(table, Confirmation)
        .join(Confirmation, col(Confirmation.id) == table.confirmation_id)
        .where(table.decision_id == decision_id, col(Confirmation.confirmed_at).is_not(None))
        .order_by(col(Confirmation.confirmed_at).desc())
    ).all()


def _vote(held: Session, annulment: Annulment) -> Decision | None:
    """The published vote by which the body wanted it."""
    wanted = rows_of(Decision).where(Decision.question_id == annulment.vote_id)
    return held.exec(wanted).first() if annulment.vote_id else None
