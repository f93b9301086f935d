"""Spare cards are printed in advance, given to a member or made worthless."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select

from app.errors import Refused
from app.models import Card, Member, SpareCard, Term
from app.roster.printing import are_verifiers, hand_out, lock_members, valid_cards

MOST_SPARES = 20


def unused_spares(held: Session, term: Term) -> Sequence[SpareCard]:
    """The spare cards of a term that were not given to anybody, by number."""
    return held.exec(
        select(SpareCard)
        .where(SpareCard.term_id == term.id, _is_unused())
        .order_by(col(SpareCard.number))
    ).all()


def register_spares(
    held: Session,
    term: Term,
    verifiers: Sequence[str],
    now: datetime,
    printed_by: int | None = None,
) -> list[int]:
    """Store spare cards and number them on; the same cards again keep their numbers."""
    if not 0 < len(verifiers) <= MOST_SPARES or not are_verifiers(verifiers):
        raise Refused("bad_request")
    _lock(held, term)
    known = _numbers(held, term, verifiers)
    if not known:
        _require_new(held, verifiers)
        last = held.exec(select(func.max(SpareCard.number)).where(SpareCard.term_id == term.id))
        first = (last.one() or 0) + 1
        held.add_all(
            SpareCard(
                area_id=term.area_id,
                term_id=term.id,
                number=number,
                verifier=verifier,
                printed_at=now,
                printed_by=printed_by,
            )
            for number, verifier in enumerate(verifiers, start=first)
        )
        held.flush()
        known = _numbers(held, term, verifiers)
    if len(known) != len(verifiers):
        raise Refused("bad_request")
    return [known[each] for each in verifiers]


def give_spare(
    held: Session,
    term: Term,
    member: Member,
    number: int,
    now: datetime,
    shown: int | None,
) -> None:
    """Make a spare card the member's card at once; giving the same one again changes nothing.

    `shown` is the id of the valid card that the moderator saw, None for no card.
    """
    _lock(held, term)
    [member] = lock_members(held, term, [member.id], now)
    spare = held.exec(
        select(SpareCard).where(SpareCard.term_id == term.id, SpareCard.number == number)
    ).first()
    if spare is None:
        raise Refused("spare_unknown", number=number)
    valid = valid_cards(held, term, [member.id]).get(member.id)
    if valid is not None and valid.verifier == spare.verifier:
        return
    if held.exec(select(Card.id).where(Card.verifier == spare.verifier)).first() is not None:
        raise Refused("spare_given", number=number)
    if (valid.id if valid else None) != shown:
        raise Refused("card_changed", names=member.name)
    hand_out(held, term, [member], {member.id: spare.verifier}, now, spare.printed_by)


def discard_spares(held: Session, term: Term, numbers: Collection[int]) -> int:
    """Make unused spare cards worthless; say how many they were."""
    _lock(held, term)
    gone = held.exec(
        delete(SpareCard).where(
            col(SpareCard.term_id) == term.id, col(SpareCard.number).in_(numbers), _is_unused()
        )
    )
    return gone.rowcount


def _is_unused() -> Any:
    return col(SpareCard.verifier).not_in(select(Card.verifier))


def _lock(held: Session, term: Term) -> None:
    """Let those who print, give or discard spare cards of a term wait for each other."""
    held.exec(select(Term.id).where(Term.id == term.id).with_for_update(key_share=True)).one()


def _numbers(held: Session, term: Term, verifiers: Sequence[str]) -> dict[str, int]:
    found = held.exec(
        select(SpareCard).where(
            SpareCard.term_id == term.id, col(SpareCard.verifier).in_(verifiers)
        )
    )
    return {spare.verifier: spare.number for spare in found}


def _require_new(held: Session, verifiers: Sequence[str]) -> None:
    for table in (Card, SpareCard):
        found = select(table.id).where(col(table.verifier).in_(verifiers))
        if held.exec(found).first() is not None:
            raise Refused("bad_request")
