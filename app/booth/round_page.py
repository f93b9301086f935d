"""What members read about a round before they vote."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app import electoral_roll, recusal, rules_of_procedure, subject
from app.body import term_ids_of
from app.booth.entitlement import Entitlement, entitlements, listed
from app.errors import Refused
from app.models import Body, CostItem, Meeting, Member, Question, Recusal, RollEntry, Round
from app.subject import Subject

SMALL_BODY = 30


class Item(NamedTuple):
    """One question with all that is shown beside it."""

    question: Question
    subject: Subject
    costs: list[CostItem]
    figures: dict[str, Any]
    entitlement: Entitlement
    recusal: Recusal | None
    leaves_room: bool


def require_round(held: Session, member: Member, round_id: str) -> Round:
    """A round of the member's area that members may see; drafts are not there yet."""
    round_ = held.exec(
        select(Round).where(
            Round.area_id == member.area_id, Round.id == round_id, Round.state != "draft"
        )
    ).first()
    if round_ is None:
        raise Refused("not_found")
    return round_


def require_on_roll(held: Session, round_: Round, question_id: str, member: Member) -> None:
    """Refuse, as if it were not there, what only members on this question's roll may read."""
    found = held.exec(
        select(RollEntry.seat_id)
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id, RollEntry.question_id == question_id)
        .where(RollEntry.member_id == member.id)
    ).first()
    if found is None:
        raise Refused("not_found")


def may_read_roll(held: Session, round_: Round, member: Member) -> bool:
    """Whether somebody has or had a place in the term of this round; names are for them only."""
    return round_.term_id in held.exec(term_ids_of(member)).all()


def is_over(round_: Round, now: datetime) -> bool:
    """Whether no vote can arrive any more; the clock may be ahead of the worker."""
    if round_.state == "open":
        return round_.closes_at is not None and round_.closes_at <= now
    return round_.state in ("closed", "void")


def minutes_left(round_: Round, now: datetime) -> int | None:
    """Whole minutes to the announced end by the server's clock, the running one included."""
    if round_.closes_at is None:
        return None
    return max(1, ceil((round_.closes_at - now).total_seconds() / 60))


def body_and_meeting(held: Session, round_: Round) -> tuple[Body, Meeting | None]:
    """The body that votes and the meeting it votes in; there is none in a vote over days."""
    meeting = held.get(Meeting, round_.meeting_id) if round_.meeting_id else None
    return held.get_one(Body, round_.body_id), meeting


def items(held: Session, round_: Round, member: Member) -> list[Item]:
    """The questions of a round as this member meets them."""
    questions = listed(held, round_)
    standing = entitlements(held, round_, questions, member.id)
    subjects = subject.of_all(held, questions)
    costs = _costs(held, questions)
    leaves_room = recusal.leaves_room(rules_of_procedure.procedure(held, round_))
    return [
        Item(
            question=question,
            subject=subjects[question.id],
            costs=[each for each in costs if each.proposal_id == question.proposal_id],
            figures=question.roll_facts or electoral_roll.announced(held, question),
            entitlement=standing[question.id],
            recusal=held.get(Recusal, (question.id, member.id)),
            leaves_room=leaves_room,
        )
        for question in questions
    ]


def _costs(held: Session, questions: list[Question]) -> Sequence[CostItem]:
    ids = [each.proposal_id for each in questions]
    return held.exec(
        select(CostItem).where(col(CostItem.proposal_id).in_(ids)).order_by(col(CostItem.position))
    ).all()
