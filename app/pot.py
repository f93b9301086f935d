"""The money of a fund for one year: what it holds, and each event booked by the rules."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.errors import Refused
from app.models import Fund, Grant, Movement, Pot
from app.text import amount
from voting.rules import money
from voting.rules.money import Event, Ledger, Refusal

# The rules know two ways in which a grant ends; the record keeps the third apart.
BY_RULE = {"annul": "cancel"}


def of_body(held: Session, body_id: int, year: int) -> Pot | None:
    """What a body has to give in this year, if it has a fund."""
    return held.exec(
        select(Pot)
        .join(Fund, col(Fund.id) == Pot.fund_id)
        .where(Fund.body_id == body_id, Pot.year == year)
    ).first()


def ledger(held: Session, pot: Pot) -> Ledger:
    """The pot as the rules see it; a grant is named by its question."""
    grants = held.exec(select(Grant).where(Grant.pot_id == pot.id))
    return Ledger(
        pot.cents,
        pot.cap_cents,
        {
            each.question_id: money.Grant(
                each.state,  # type: ignore[arg-type]
                each.approved_cents,
                each.reserved_cents,
                each.paid_cents,
                each.due_cents,
            )
            for each in grants
        },
    )


def record(held: Session, pot: Pot) -> dict[str, str | int]:
    """How an entry of the log names a pot."""
    return {"fund": held.get_one(Fund, pot.fund_id).slug, "year": pot.year}


def open_grants(held: Session, body_id: int) -> Sequence[Grant] | None:
    """What a body granted and is not completed, of all years; None where it has no fund."""
    fund = held.exec(select(Fund).where(Fund.body_id == body_id)).first()
    if fund is None:
        return None
    return held.exec(
        select(Grant)
        .join(Pot, col(Pot.id) == Grant.pot_id)
        .where(Pot.fund_id == fund.id, Grant.state != "completed")
        .order_by(col(Grant.id))
    ).all()


def available(held: Session, pot: Pot) -> int:
    """What can still be granted."""
    return ledger(held, pot).available


def change(held: Session, pot: Pot, cents: int, now: datetime, reason: str = "") -> Movement:
    """Let the pot hold this sum; never less than what is reserved and paid."""
    return _book(held, pot, "pot_change", None, Event("pot_change", cents=cents), now, reason)


def approve(
    held: Session, pot: Pot, grant: Grant, cents: int, requested: int, now: datetime
) -> Movement:
    """Reserve money for a new grant."""
    event = Event("approve", grant.question_id, cents, requested)
    return _book(held, pot, "approve", grant, event, now, "")


def book(
    held: Session, grant: Grant, act: str, now: datetime, *, cents: int = 0, reason: str = ""
) -> Movement:
    """Pay, reduce, settle or end a grant, or take money back."""
    event = Event(BY_RULE.get(act, act), grant.question_id, cents)  # type: ignore[arg-type]
    return _book(held, held.get_one(Pot, grant.pot_id), act, grant, event, now, reason)


def require_possible(held: Session, grant: Grant, act: str, cents: int) -> None:
    """Refuse what could not be booked now."""
    event = Event(act, grant.question_id, cents)  # type: ignore[arg-type]
    after = money.book(ledger(held, held.get_one(Pot, grant.pot_id)), event)
    if isinstance(after, Refusal):
        raise Refused(after.error, sum=amount(after.short))


def _book(
    held: Session,
    pot: Pot,
    act: str,
    grant: Grant | None,
    event: Event,
    now: datetime,
    reason: str,
) -> Movement:
    held.flush()
    held.refresh(pot, with_for_update=True)
    before = ledger(held, pot)
    after = money.book(before, event)
    if isinstance(after, Refusal):
        raise Refused(after.error, sum=amount(after.short))
    pot.cents = after.pot
    if grant is not None:
        _store(held, grant, after.grants[event.grant])
    movement = Movement(
        area_id=pot.area_id,
        pot_id=pot.id,
        n=_next_number(held, pot),
        act=act,
        grant_id=grant.id if grant else None,
        cents=event.cents,
        pot_change=after.pot - before.pot,
        reserved_change=after.reserved - before.reserved,
        paid_change=after.paid - before.paid,
        reason=reason,
        moved_at=now,
    )
    held.add(movement)
    held.flush()
    return movement


def _store(held: Session, grant: Grant, now_is: money.Grant) -> None:
    grant.state = now_is.state
    grant.approved_cents, grant.reserved_cents = now_is.approved, now_is.reserved
    grant.paid_cents, grant.due_cents = now_is.paid, now_is.due
    held.add(grant)
    held.flush()


def _next_number(held: Session, pot: Pot) -> int:
    last = held.exec(select(func.max(Movement.n)).where(Movement.pot_id == pot.id)).one()
    return (last or 0) + 1
