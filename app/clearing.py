"""What is deleted or emptied when its period is over, counted by area."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Update, delete, null, update
from sqlmodel import Session, SQLModel, col, or_, select

from app import db, erasure, officer_erasure
from app.body import day_of
from app.models import (
    Card,
    CountingCommission,
    Member,
    Objection,
    Proposal,
    Question,
    Report,
    Round,
    Term,
    Trustee,
    UserSession,
)

# How many rows went of each area; None stands for what belongs to no area.
Gone = Counter[int | None]
Clear = Callable[[Session, datetime], Gone]


def rows(table: type[SQLModel], is_over: Callable[[datetime], ColumnElement[bool]]) -> Clear:
    def clear(held: Session, moment: datetime) -> Gone:
        return _count(held, delete(table).where(is_over(moment)), table)

    return clear


def _count(held: Session, change: Delete | Update, table: type[SQLModel]) -> Gone:
    """Carry a deletion or change out, and count its rows by their area."""
    area_id = getattr(table, "area_id", null())
    return Counter(held.exec(change.returning(area_id)).scalars())


def all_of(*clears: Clear) -> Clear:
    def clear(held: Session, moment: datetime) -> Gone:
        return sum((each(held, moment) for each in clears), Counter())

    return clear


def entered_by_ended_card(moment: datetime) -> ColumnElement[bool]:
    """Sessions name a card: where a term was cut short they outlive it."""
    ended = select(Term.id).where(col(Term.ends_on) < day_of(moment))
    return col(UserSession.card_id).in_(select(Card.id).where(col(Card.term_id).in_(ended)))


def of_terms(table: Any) -> Clear:
    """Rows of the terms that were over on the day of the moment."""
    return rows(
        table,
        lambda moment: col(table.term_id).in_(
            select(Term.id).where(col(Term.ends_on) < day_of(moment))
        ),
    )


def names(held: Session, moment: datetime) -> Gone:
    """Forget those whose last seat or place was over on the day of the moment."""
    limit = day_of(moment)
    known = held.exec(select(Member).where(col(Member.erased_on).is_(None))).all()
    over = [each for each in known if _is_before(erasure.last_day(held, each), limit)]
    for member in over:
        erasure.forget(held, member, day_of(db.clock(held)))
    return Counter(each.area_id for each in over)


def _is_before(last: date | None, limit: date) -> bool:
    return last is not None and last < limit


def doubts(held: Session, moment: datetime) -> Gone:
    """Take out what people wrote who reported something or objected."""
    reports = update(Report).where(
        col(Report.made_at) <= moment,
        or_(*(col(each) != "" for each in (Report.words, Report.trackers, Report.contact))),
    )
    objections = update(Objection).where(
        col(Objection.made_at) <= moment,
        or_(col(Objection.reason) != "", col(Objection.name) != ""),
    )
    cleared = _count(held, reports.values(words="", trackers="", contact=""), Report)
    return cleared + _count(held, objections.values(reason="", name=""), Objection)


def applicants(held: Session, moment: datetime) -> Gone:
    known = update(Proposal).where(
        col(Proposal.created_at) <= moment, col(Proposal.applicant_mail).is_not(None)
    )
    return _count(held, known.values(applicant_mail=None, applicant_link=None), Proposal)


def sealed_parts(held: Session, moment: datetime) -> Gone:
    """Forget what trustees sealed for each other, once no sum waits for their key any more."""
    waits = (
        select(Round.id)
        .join(Question, col(Question.round_id) == Round.id)
        .where(Round.body_id == CountingCommission.body_id, Round.trust == "commission")
        .where(col(Round.state).in_(("open", "closed")), Question.state == "listed")
    )
    over = select(CountingCommission.id).where(
        col(CountingCommission.ended_at) <= moment, ~waits.exists()
    )
    kept = update(Trustee).where(
        col(Trustee.commission_id).in_(over), col(Trustee.polynomial) != ""
    )
    return _count(held, kept.values(polynomial=""), Trustee)


def officers(held: Session, moment: datetime) -> Gone:
    """Forget those whose access had ended by that moment."""
    over = officer_erasure.named(held, moment)
    for officer in over:
        officer_erasure.forget(held, officer)
    return Counter(each.area_id for each in over)
