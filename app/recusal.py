"""Who does not vote on a question because of an own interest, and what of it is public."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app import electoral_roll
from app.body import Place, places_on
from app.errors import Refused
from app.models import Body, Member, Membership, Question, Recusal, RollEntry, Round, Term
from voting.rules import disclosure, session
from voting.rules.procedure import Procedure

BEFORE_OPENING = ("draft", "announced")


def declare(
    held: Session,
    question: Question,
    member_id: int,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    may_be_named: bool = False,
) -> None:
    """Note that a member does not vote on a question; the caller has locked its round."""
    _require_before_opening(held, question)
    if held.get(Recusal, (question.id, member_id)):
        raise Refused("already_done")
    held.add(
        Recusal(
            area_id=question.area_id,
            question_id=question.id,
            member_id=member_id,
            declared_by=by,
            declared_at=now,
            reason=reason,
            may_be_named=may_be_named,
        )
    )
    held.flush()


def withdraw(held: Session, question: Question, member_id: int) -> None:
    """Let a member vote after all; the caller has locked the round."""
    _require_before_opening(held, question)
    found = held.get(Recusal, (question.id, member_id))
    if found is None:
        raise Refused("already_done")
    held.delete(found)
    held.flush()


def copy(held: Session, old: Question, new: Question) -> None:
    """The same people are recused from a question that is asked again as a poll."""
    for recusal, _member in of_question(held, old):
        held.add(Recusal(**recusal.model_dump() | {"question_id": new.id}))
    held.flush()


def is_possible(round_: Round) -> bool:
    """Whether somebody can still be recused, or no longer be."""
    return round_.state in BEFORE_OPENING


def _require_before_opening(held: Session, question: Question) -> None:
    if not is_possible(held.get_one(Round, question.round_id)) or question.state != "listed":
        raise Refused("recusal_closed")


def of_question(held: Session, question: Question) -> Sequence[tuple[Recusal, Member]]:
    """Every recusal with its member, by name."""
    return held.exec(
        select(Recusal, Member)
        .join(Member, col(Member.id) == Recusal.member_id)
        .where(Recusal.question_id == question.id)
        .order_by(col(Member.name), col(Member.id))
    ).all()


def leaves_room(procedure: Procedure) -> bool:
    """Whether recused members may not even take part in the talk."""
    return not session.may_debate(is_recused=True, procedure=procedure)


def suggested(held: Session, round_: Round) -> Sequence[tuple[Member, str]]:
    """Who of the body also works for which institution; a hint that recuses nobody."""
    return held.exec(
        select(Member, Membership.dual_role)
        .join(Membership, col(Membership.member_id) == Member.id)
        .where(Membership.term_id == round_.term_id, Membership.area_id == round_.area_id)
        .where(col(Membership.is_dual_role).is_(True))
        .order_by(col(Member.name), col(Member.id))
    ).all()


def shown(held: Session, question: Question, procedure: Procedure) -> list[dict[str, Any]]:
    """The recused seats of a frozen roll as the public may see them, by `recusal.publish`.

    Each is {"position", "segment", "label", "name"}; the name is None without both consents of
    the person. The list is empty where the rules publish the number alone.
    """
    if procedure.choice("recusal.publish") == "count":
        return []
    named = {
        member.id: recusal.may_be_named and member.may_be_named
        for recusal, member in of_question(held, question)
    }
    seats = _recused_seats(held, question)
    return [
        _shown_seat(place, named, procedure)
        for place in _places(held, question)
        if place.seat.id in seats
    ]


def _shown_seat(place: Place, named: dict[int, bool], procedure: Procedure) -> dict[str, Any]:
    names = [
        member.name
        for _membership, member in place.holders
        if member.id in named
        and disclosure.recusal(consents=named[member.id], procedure=procedure) == "name"
    ]
    seat = place.seat
    return {
        "position": seat.position,
        "segment": seat.segment,
        "label": seat.label,
        "name": ", ".join(names) or None,
    }


def _places(held: Session, question: Question) -> list[Place]:
    round_ = held.get_one(Round, question.round_id)
    day = electoral_roll.day_in_force(held, round_)
    body = held.get_one(Body, round_.body_id)
    return places_on(held, body, held.get_one(Term, round_.term_id), day)


def _recused_seats(held: Session, question: Question) -> Collection[int]:
    gaps = question.roll_gaps or {}
    stood_in = select(RollEntry.seat_id).where(
        RollEntry.question_id == question.id, RollEntry.state == "recused"
    )
    return {int(seat) for seat, why in gaps.items() if why == "recused"} | set(held.exec(stood_in))
