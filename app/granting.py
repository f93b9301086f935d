"""Money follows a decision: it is reserved, paid, settled and given back."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from app import decision_log, pot, sharing
from app.errors import Refused
from app.models import Area, Condition, Grant, Pot, Proposal, Question, Round

ENDS = {"withdraw": "withdrawn", "cancel": "cancelled"}


def grant(held: Session, round_: Round, question: Question, now: datetime) -> None:
    """Reserve the money of a confirmed outcome, if its body has a fund and the pot pays for it."""
    found = sharing.rely_on(held, round_, now)
    if found is None or question.id not in {each.id for each in sharing.adopted(held, round_)}:
        return
    if question.id not in [*found.funded, *found.unfunded]:
        raise Refused("lot_needed")
    own = held.get_one(Pot, found.pot_id)
    if question.id in found.unfunded:
        return
    cents = question.amount_cents or 0
    if cents > pot.available(held, own):
        sharing.pass_over(found, question)
        return
    proposal = held.get_one(Proposal, question.proposal_id)
    made = Grant(
        area_id=question.area_id, pot_id=own.id, question_id=question.id, proposal_id=proposal.id
    )
    pot.approve(held, own, made, cents, proposal.requested_cents, now)


def release(
    held: Session, question: Question, act: str, now: datetime, reason: str = ""
) -> int | None:
    """End the grant of a question (withdraw, cancel, annul); return the cents given back.

    None where it has no grant that could end.
    """
    found = held.exec(select(Grant).where(Grant.question_id == question.id)).first()
    if found is None or found.state != "approved":
        return None
    return -_end(held, found, act, now, reason=reason)


def end(held: Session, found: Grant, act: str, now: datetime, reason: str) -> None:
    """End a grant because the application was withdrawn or the action cancelled."""
    _end(held, found, act, now, reason=reason)
    held.get_one(Proposal, found.proposal_id).state = ENDS[act]


def settle(held: Session, found: Grant, accepted: int, now: datetime) -> None:
    """Settle a grant by the receipts that were accepted; what is not needed is free again."""
    _end(held, found, "settle", now, cents=accepted)
    held.get_one(Proposal, found.proposal_id).state = "settled"


def _end(
    held: Session, found: Grant, act: str, now: datetime, *, cents: int = 0, reason: str = ""
) -> int:
    moved = pot.book(held, found, act, now, cents=cents, reason=reason)
    given = cents if act == "settle" else None
    _tell_change(held, found, act, now, cents=given, released=-moved.reserved_change, reason=reason)
    return moved.reserved_change


def pay(held: Session, found: Grant, cents: int, now: datetime) -> None:
    """Book what was sent to whoever accounts for it."""
    pot.book(held, found, "pay", now, cents=cents)
    _tell_change(held, found, "pay", now, cents=cents)


def repay(held: Session, found: Grant, cents: int, now: datetime, note: str) -> None:
    """Book what came back; it can be granted again."""
    pot.book(held, found, "repay", now, cents=cents, reason=note)
    _tell_change(held, found, "repay", now, cents=cents)


def complete(held: Session, found: Grant, now: datetime) -> None:
    """Nothing of a grant is left to do: no money moves any more, and no condition is open."""
    if not may_complete(held, found):
        raise Refused("not_completed")
    proposal = held.get_one(Proposal, found.proposal_id)
    if found.state == "settled":
        proposal.state = "completed"
    pot.book(held, found, "complete", now)
    _tell_change(held, found, "complete", now, cents=None)


def may_complete(held: Session, found: Grant) -> bool:
    """Whether it is settled or ended, nothing is to be paid or paid back, each condition is met."""
    if found.state not in ("settled", "ended") or found.reserved_cents or found.due_cents:
        return False
    return found.state == "ended" or not open_conditions(held, found)


def open_conditions(held: Session, found: Grant) -> int:
    """How many conditions of a grant are not met yet."""
    question = held.get_one(Question, found.question_id)
    met = held.exec(
        select(func.count())
        .select_from(Condition)
        .where(Condition.question_id == question.id, col(Condition.met_on).is_not(None))
    ).one()
    return len(question.conditions) - met


def _tell_change(
    held: Session,
    found: Grant,
    how: str,
    now: datetime,
    *,
    cents: int | None,
    released: int = 0,
    reason: str = "",
) -> None:
    public = {
        **pot.record(held, held.get_one(Pot, found.pot_id)),
        "question": found.question_id,
        "how": how,
        "cents": cents,
        "released_cents": released,
        "reason": reason or None,
    }
    decision_log.append(held, held.get_one(Area, found.area_id), "grant_changed", public, now)
