"""Cards are registered while a moderator's browser prints them, and revoked."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from app.body import day_of
from app.errors import Refused
from app.models import Card, Member, Membership, Term, UserSession, VotingKey

VERIFIER = re.compile(r"[0-9a-f]{64}")


def register_cards(held: Session, term: Term, verifiers: Mapping[int, str], now: datetime) -> None:
    """Make these cards the valid ones of their members; older cards are dead at once.

    Registering the same cards again changes nothing.
    """
    _require_members(held, term, verifiers, now)
    known = _known(held, verifiers.values())
    if known == {(member_id, verifier, True) for member_id, verifier in verifiers.items()}:
        return
    if known or len(set(verifiers.values())) < len(verifiers):
        raise Refused("bad_request")
    revoke_cards(held, term.id, verifiers, now)
    for member_id, verifier in sorted(verifiers.items()):
        held.add(
            Card(
                area_id=term.area_id,
                member_id=member_id,
                term_id=term.id,
                verifier=verifier,
                printed_at=now,
            )
        )
    held.flush()


def revoke_cards(held: Session, term_id: str, member_ids: Collection[int], now: datetime) -> None:
    """End the cards of these members, what they were signed in with, and their voting keys.

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
        update(UserSession)
        .where(col(UserSession.member_id).in_(member_ids), col(UserSession.revoked_at).is_(None))
        .values(revoked_at=now)
    )
    held.exec(
        delete(VotingKey).where(
            col(VotingKey.term_id) == term_id, col(VotingKey.member_id).in_(member_ids)
        )
    )
    held.flush()


def _require_members(
    held: Session, term: Term, verifiers: Mapping[int, str], now: datetime
) -> None:
    """Refuse what is no verifier or nobody of this term; others who print wait."""
    if not verifiers or not all(map(VERIFIER.fullmatch, verifiers.values())):
        raise Refused("bad_request")
    today = day_of(now)
    seated = (
        select(Membership.member_id)
        .where(Membership.term_id == term.id, Membership.area_id == term.area_id)
        .where(Membership.starts_on <= today, Membership.ends_on >= today)
    )
    found = held.exec(
        select(Member.id)
        .where(col(Member.id).in_(verifiers), col(Member.id).in_(seated))
        .order_by(col(Member.id))
        .with_for_update()
    ).all()
    if set(found) != set(verifiers):
        raise Refused("not_found")


def _known(held: Session, verifiers: Collection[str]) -> set[tuple[int, str, bool]]:
    """Cards that have one of these verifiers already: whose, which, and whether it is valid."""
    found = held.exec(select(Card).where(col(Card.verifier).in_(verifiers)))
    return {(card.member_id, card.verifier, card.revoked_at is None) for card in found}
