"""What one officer asks for, another confirms on an own session within 30 minutes."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select, update

from app import decision_log
from app.desk import closing
from app.desk.preparing import questions_of
from app.errors import Refused
from app.models import Area, Confirmation, Officer, Proposal, Question, Round
from app.models.confirmation import LIFETIME

CONFIRMABLE = ("counted", "too_few_ballots")


def request(
    held: Session,
    *,
    act: str,
    round_: Round,
    question: Question | None = None,
    reason: str,
    officer: Officer,
    now: datetime,
) -> Confirmation:
    """Ask for a second person; refuse what could not be done now."""
    _require_possible(held, act, round_, question)
    confirmation = Confirmation(
        area_id=round_.area_id,
        act=act,
        round_id=round_.id,
        question_id=question.id if question else None,
        reason=reason,
        requested_by=officer.id,
        requested_at=now,
    )
    held.add(confirmation)
    held.flush()
    return confirmation


def waiting(held: Session, area_id: int, now: datetime) -> Sequence[Confirmation]:
    """What still waits for a second person in this area."""
    return held.exec(
        select(Confirmation)
        .where(
            Confirmation.area_id == area_id,
            col(Confirmation.confirmed_at).is_(None),
            Confirmation.requested_at > now - LIFETIME,
        )
        .order_by(col(Confirmation.requested_at))
    ).all()


def confirm(held: Session, confirmation: Confirmation, officer: Officer, now: datetime) -> None:
    """Confirm and carry out, once; refuse the one who asked."""
    if officer.id == confirmation.requested_by:
        raise Refused("second_person_needed")
    if confirmation.expires_at <= now:
        raise Refused("confirmation_expired")
    round_ = held.exec(
        select(Round).where(Round.id == confirmation.round_id).with_for_update()
    ).one()
    won = held.exec(
        update(Confirmation)
        .where(col(Confirmation.id) == confirmation.id, col(Confirmation.confirmed_at).is_(None))
        .values(confirmed_by=officer.id, confirmed_at=now)
    )
    if won.rowcount != 1:
        raise Refused("already_done")
    question = held.get(Question, confirmation.question_id) if confirmation.question_id else None
    _require_possible(held, confirmation.act, round_, question)
    _carry_out(held, confirmation, round_, question, now)


def _require_possible(held: Session, act: str, round_: Round, question: Question | None) -> None:
    possible = {
        "close_early": round_.state == "open",
        "confirm_result": question is not None and question.state in CONFIRMABLE,
        "void_round": round_.state != "void" and not _is_published(held, round_),
    }
    if not possible[act]:
        raise Refused("already_done")


def _is_published(held: Session, round_: Round) -> bool:
    return any(question.state == "published" for question in questions_of(held, round_))


def _carry_out(
    held: Session,
    confirmation: Confirmation,
    round_: Round,
    question: Question | None,
    now: datetime,
) -> None:
    if confirmation.act == "close_early":
        closing.end(held, round_, now, "early", confirmation.reason)
    elif confirmation.act == "void_round":
        _void(held, round_, confirmation.reason, now)
    elif question is not None:
        question.state = "confirmed"
        held.flush()


def _void(held: Session, round_: Round, reason: str, now: datetime) -> None:
    """End a round without any decision; it stays visible and its proposals are free again."""
    round_.state, round_.void_reason = "void", reason
    for question in questions_of(held, round_):
        held.get_one(Proposal, question.proposal_id).state = "admitted"
    held.flush()
    public = {"round": round_.id, "reason": reason}
    decision_log.append(held, held.get_one(Area, round_.area_id), "void", public, now)
