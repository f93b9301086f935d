"""What one officer asks for, another confirms on an own session within 30 minutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from app.errors import Refused
from app.models import Confirmation, Officer
from app.models.confirmation import LIFETIME


def ask(
    held: Session, act: str, officer: Officer, now: datetime, *, reason: str = "", **about: Any
) -> Confirmation:
    """Ask for a second person; `about` names the rows the act is about."""
    confirmation = Confirmation(
        area_id=officer.area_id,
        act=act,
        reason=reason,
        requested_by=officer.id,
        requested_at=now,
        **about,
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


def require_second(confirmation: Confirmation, officer: Officer, now: datetime) -> None:
    """Refuse the one who asked, and anybody after the 30 minutes."""
    if officer.id == confirmation.requested_by:
        raise Refused("second_person_needed")
    if confirmation.expires_at <= now:
        raise Refused("confirmation_expired")


def agree(held: Session, confirmation: Confirmation, officer: Officer, now: datetime) -> None:
    """Store who confirmed, once."""
    won = held.exec(
        update(Confirmation)
        .where(col(Confirmation.id) == confirmation.id, col(Confirmation.confirmed_at).is_(None))
        .values(confirmed_by=officer.id, confirmed_at=now)
    )
    if won.rowcount != 1:
        raise Refused("already_done")
