"""A vote over days: only where the rules allow it, with an end, and without declared absentees."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete

from app import electoral_roll, rules_of_procedure
from app.errors import Refused
from app.models import DeclaredAbsence, Round
from voting.rules.session import may_vote_in_writing

SETTLING = ("draft", "announced")


def settle(
    held: Session,
    round_: Round,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    absent: Collection[int] = (),
    reason: str = "",
) -> None:
    """Say when a round opens and closes by itself; over days also who is away and why it may be."""
    if round_.state not in SETTLING:
        raise Refused("already_done")
    round_.opens_at, round_.closes_at, round_.opening_refused = opens_at, closes_at, ""
    if round_.mode == "circular":
        round_.circular_reason = reason
        _note_absent(held, round_, absent)
    held.flush()


def _note_absent(held: Session, round_: Round, absent: Collection[int]) -> None:
    held.exec(delete(DeclaredAbsence).where(col(DeclaredAbsence.round_id) == round_.id))
    known = {member.id for member in electoral_roll.people(held, round_)}
    held.add_all(
        DeclaredAbsence(area_id=round_.area_id, round_id=round_.id, member_id=member_id)
        for member_id in sorted(known & set(absent))
    )


def needs_reason(held: Session, round_: Round) -> bool:
    """Whether the rules allow such a vote under conditions, which somebody has to vouch for."""
    rules = rules_of_procedure.in_force(held, round_.body_id)
    return rules is not None and rules.parameters.get("circular.allowed") == "conditions"


def is_allowed(held: Session, body_id: int) -> bool:
    """Whether the rules in force let this body vote over days at all."""
    rules = rules_of_procedure.in_force(held, body_id)
    if rules is None or rules.parameters.get("circular.allowed") is None:
        return False
    procedure = rules_of_procedure.procedure_of(rules, mode="circular")
    return may_vote_in_writing(conditions_met=True, procedure=procedure)


def require_circular(held: Session, round_: Round, now: datetime) -> None:
    """Refuse a vote over days that the rules forbid, or that has no end to come."""
    procedure = rules_of_procedure.procedure(held, round_)
    conditions_met = bool(round_.circular_reason)
    if not may_vote_in_writing(conditions_met=conditions_met, procedure=procedure):
        raise Refused("circular_forbidden")
    if round_.closes_at is None or round_.closes_at <= now:
        raise Refused("end_missing")
