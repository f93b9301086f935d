"""The end of a card, and of all that it opened."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, update

from app.models import Card, UserSession, VotingKey


def revoke_cards(held: Session, term_id: str, member_ids: Collection[int], now: datetime) -> None:
    """End the cards of these members, what they were signed in with, and their voting keys."""
    end_cards(held, term_id, member_ids, now)
    held.exec(
        update(UserSession)
        .where(col(UserSession.member_id).in_(member_ids), col(UserSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    held.flush()


def end_cards(held: Session, term_id: str, member_ids: Collection[int], now: datetime) -> None:
    """End cards and voting keys of these members in one term.

    Whoever held an old card could know the voting code, so the key is made anew with the next one.
    Rounds that are open keep the keys on their rolls.
    """
    held.exec(
        update(Card)
        .where(
            col(Card.term_id) == term_id,
            col(Card.member_id).in_(member_ids),
            col(Card.revoked_at).is_(None),
        )
        .values(revoked_at=now, wrapped=None)
    )
    held.exec(
        delete(VotingKey).where(
            col(VotingKey.term_id) == term_id, col(VotingKey.member_id).in_(member_ids)
        )
    )
    held.flush()
