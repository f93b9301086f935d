"""Objections: who may doubt a published decision, until when, and what is answered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from app import archive, decision_log, roll_mail, setback
from app.body import day_of
from app.errors import Refused
from app.models import Area, Decision, Member, Objection, Officer, RollEntry
from app.text import short_day
from voting.rules import deadlines
from voting.rules.procedure import Procedure


def terms(procedure: Procedure, published: date) -> dict[str, Any] | None:
    """What a decision page says of objections: {"until": iso day or None, "by"}.

    None where the body has not set for how long; `until` is None where none are possible.
    """
    days = procedure.parameters.get("objection.days")
    if days is None:
        return None
    last = deadlines.objection(published, procedure) if days else None
    return {
        "until": last.isoformat() if last else None,
        "by": procedure.choice("objection.by"),
    }


def last_day(page: Mapping[str, Any]) -> date | None:
    """Until when one may object to the decision of this page; None if not at all."""
    set_ = page.get("objection") or {}
    return date.fromisoformat(set_["until"]) if set_.get("until") else None


def is_open(decision: Decision, now: datetime) -> bool:
    last = last_day(decision.page)
    return last is not None and day_of(now) <= last and decision.annulled_at is None


def was_on_roll(held: Session, decision: Decision, person: object) -> bool:
    """Whether this visitor is a member who might vote on the question."""
    if not isinstance(person, Member):
        return False
    mine = select(RollEntry.seat_id).where(
        RollEntry.question_id == decision.question_id, RollEntry.member_id == person.id
    )
    return held.exec(mine).first() is not None


def is_for_residents(decision: Decision) -> bool:
    """Whether anybody of the area may object, by the rules of the vote."""
    return (decision.page.get("objection") or {}).get("by") == "residents"


def make(
    held: Session,
    decision: Decision,
    *,
    reason: str,
    now: datetime,
    member: Member | None = None,
    name: str = "",
) -> Objection:
    """Note an objection, in public at once; the caller has locked the decision.

    `member` stood on the roll; anybody else gives a name.
    """
    area = held.get_one(Area, decision.area_id)
    archive.require_open(area)
    setback.require_none(area)
    _require_possible(held, decision, member, now)
    made = Objection(
        area_id=decision.area_id,
        decision_id=decision.id,
        n=len(of(held, decision)) + 1,
        member_id=member.id if member else None,
        name=name,
        reason=reason,
        made_at=now,
    )
    held.add(made)
    held.flush()
    public = {"decision": decision.number, "objection": made.n}
    decision_log.append(held, area, "objection", public, now)
    roll_mail.tell_objection(held, decision, now)
    return made


def _require_possible(
    held: Session, decision: Decision, member: Member | None, now: datetime
) -> None:
    last = last_day(decision.page)
    if last is None:
        raise Refused("objection_unset")
    if decision.annulled_at is not None:
        raise Refused("decision_annulled")
    if day_of(now) > last:
        raise Refused("objection_late", day=short_day(last))
    if member is None:
        if not is_for_residents(decision):
            raise Refused("objection_not_yours")
    elif any(each.member_id == member.id for each in of(held, decision)):
        raise Refused("objection_made")


def answer(
    held: Session, objection: Objection, words: str, officer: Officer, now: datetime
) -> None:
    """Answer with a reason that everybody reads, once."""
    held.refresh(objection, with_for_update=True)
    if objection.answered_at is not None:
        raise Refused("already_done")
    objection.answer, objection.answered_at = words, now
    objection.answered_by = officer.id
    held.flush()
    decision = held.get_one(Decision, objection.decision_id)
    public = {"decision": decision.number, "objection": objection.n, "answer": words}
    area = held.get_one(Area, objection.area_id)
    decision_log.append(held, area, "objection_answered", public, now)
    roll_mail.tell_answer(held, decision, words, now)


def of(held: Session, decision: Decision) -> Sequence[Objection]:
    """Those to one decision, in their order."""
    return held.exec(
        select(Objection).where(Objection.decision_id == decision.id).order_by(col(Objection.n))
    ).all()


def waiting(held: Session, area_id: int) -> Sequence[tuple[Objection, Decision]]:
    """Those of an area that have no answer, the oldest first."""
    return held.exec(
        select(Objection, Decision)
        .join(Decision, col(Decision.id) == Objection.decision_id)
        .where(Objection.area_id == area_id, col(Objection.answered_at).is_(None))
        .order_by(col(Objection.made_at))
    ).all()


def open_to(held: Session, member: Member, now: datetime) -> list[tuple[Decision, date]]:
    """Decisions that a member may object to and has not, each with the last day to do so."""
    mine = select(RollEntry.question_id).where(RollEntry.member_id == member.id)
    made = select(Objection.decision_id).where(Objection.member_id == member.id)
    found = held.exec(
        select(Decision)
        .where(Decision.area_id == member.area_id, col(Decision.annulled_at).is_(None))
        .where(col(Decision.question_id).in_(mine), col(Decision.id).not_in(made))
        .order_by(col(Decision.published_at).desc())
    ).all()
    return [
        (each, last)
        for each in found
        if (last := last_day(each.page)) is not None and day_of(now) <= last
    ]
