"""A payment from a grant: an officer enters what was sent, a second person agrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from app import granting, pot, second_person
from app.errors import Refused
from app.models import Confirmation, Fund, Grant, Member, Officer, Payment, Pot


@dataclass(frozen=True)
class Sent:
    """What was typed of a payment; `note` names its receipt."""

    cents: int
    paid_on: date
    note: str


def request(held: Session, found: Grant, sent: Sent, officer: Officer, now: datetime) -> None:
    """Ask for a second person; refuse more than is reserved."""
    pot.require_possible(held, found, "pay", sent.cents)
    fund = held.get_one(Fund, held.get_one(Pot, found.pot_id).fund_id)
    asked = second_person.ask(held, "pay_grant", officer, now, body_id=fund.body_id)
    held.add(
        Payment(
            confirmation_id=asked.id,
            area_id=found.area_id,
            grant_id=found.id,
            cents=sent.cents,
            paid_on=sent.paid_on,
            note=sent.note,
        )
    )
    held.flush()


def confirm(held: Session, asked: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Book the payment as the second person, once."""
    second_person.require_second(held, asked, person, now)
    second_person.agree(held, asked, person, now)
    payment = held.get_one(Payment, asked.id)
    found = held.get_one(Grant, payment.grant_id, with_for_update=True)
    granting.pay(held, found, payment.cents, now)


def of_grant(held: Session, found: Grant, now: datetime) -> Sequence[tuple[Payment, Confirmation]]:
    """The payments of a grant that are booked or wait for a second person, in their order."""
    rows = held.exec(
        select(Payment, Confirmation)
        .join(Confirmation, col(Confirmation.id) == Payment.confirmation_id)
        .where(Payment.grant_id == found.id)
        .order_by(col(Payment.paid_on), col(Payment.confirmation_id))
    )
    return [(each, asked) for each, asked in rows if asked.confirmed_at or now < asked.expires_at]


def waiting(held: Session, asked: Confirmation, now: datetime) -> Payment:
    """What a second person is asked about; refuse what is booked or run out."""
    if asked.confirmed_at or asked.expires_at <= now:
        raise Refused("already_done")
    return held.get_one(Payment, asked.id)
