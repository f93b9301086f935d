"""The summary of a published decision is corrected: two people; the old text stays visible."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from app import decision_log, second_person
from app.errors import Refused
from app.models import Area, Confirmation, Correction, Decision, Officer, Question
from voting.log.canonical import write


def request(
    held: Session,
    decision: Decision,
    *,
    after: Mapping[str, str],
    reason: str,
    officer: Officer,
    now: datetime,
) -> Confirmation:
    """Ask for a second person; refuse a text that says what stands there."""
    if dict(after) == decision.summary:
        raise Refused("summary_unchanged")
    question = held.get_one(Question, decision.question_id)
    asked = second_person.ask(
        held,
        "correct_summary",
        officer,
        now,
        reason=reason,
        round_id=question.round_id,
        question_id=question.id,
    )
    held.add(
        Correction(
            confirmation_id=asked.id,
            area_id=decision.area_id,
            decision_id=decision.id,
            before=decision.summary,
            after=dict(after),
        )
    )
    held.flush()
    return asked


def correct(held: Session, confirmation: Confirmation, now: datetime) -> None:
    """Replace the summary, unless it was corrected in between; nothing else is altered."""
    asked = held.get_one(Correction, confirmation.id)
    decision = held.get_one(Decision, asked.decision_id)
    held.refresh(decision, with_for_update=True)
    if decision.summary != asked.before:
        raise Refused("already_done")
    decision.summary = asked.after
    held.flush()
    public = {
        "decision": decision.number,
        "entry": decision.page["log_seq"],
        "reason": confirmation.reason,
        "before_hash": _digest(asked.before),
        "after_hash": _digest(asked.after),
    }
    decision_log.append(held, held.get_one(Area, decision.area_id), "corrected", public, now)


def _digest(summary: Mapping[str, str]) -> str:
    return sha256(write(dict(summary))).hexdigest()
