"""What a member has added to the card, and how two people take it away again."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app import belonging, member_event
from app.models import (
    Card,
    Invitation,
    Member,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
    VotingKey,
)

# What new devices of a member must show, or a trustee before an act.
SHOWN: tuple[Any, ...] = (Passphrase, Passkey, SecondFactor, RecoveryCode)


def is_on(held: Session, member: Member) -> bool:
    """Whether this member has a passphrase or a passkey beside the card."""
    return _has(held, member, (Passphrase, Passkey))


def is_card_enough(held: Session, member: Member, term_id: str) -> bool:
    """Whether who holds or copied the card needs nothing else to vote in this member's name.

    Without the copy it opens, a card brings no key back; before there is a key it makes one.
    """
    if is_on(held, member):
        return False
    of_member = (Card.member_id == member.id, Card.term_id == term_id)
    copy = select(Card.id).where(*of_member, col(Card.wrapped).is_not(None))
    key = select(VotingKey.id).where(VotingKey.member_id == member.id, VotingKey.term_id == term_id)
    return bool(held.exec(copy).first() or not held.exec(key).first())


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
