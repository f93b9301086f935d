"""What a member has added to the card, and how two people take it away again."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, select

from app import belonging, member_event
from app.models import (
    Invitation,
    Member,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
)

# What new devices of a member must show, or a trustee before an act.
SHOWN: tuple[Any, ...] = (Passphrase, Passkey, SecondFactor, RecoveryCode)


def is_on(held: Session, member: Member) -> bool:
    """Whether this member has a passphrase or a passkey beside the card."""
    return _has(held, member, (Passphrase, Passkey))


def lift(held: Session, member: Member, now: datetime) -> bool:
    """Take away all that the card alone does not show; False where there was nothing.

    Whoever copied a card and was faster could otherwise keep its owner out for good.
    """
    if not _has(held, member, SHOWN):
        return False
    for table in (*SHOWN, Invitation):
        held.exec(delete(table).where(belonging.of(table, member)))
    member.has_access = False
    held.add(member)
    member_event.note(held, member, "protection_lifted", now)
    return True


def _has(held: Session, member: Member, tables: tuple[Any, ...]) -> bool:
    return any(
        held.exec(select(table).where(belonging.of(table, member)).limit(1)).first()
        for table in tables
    )
