"""Cards are registered while a moderator's browser prints them."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app import card_protection
from app.body import day_in, day_of, people_of
from app.card_revoking import revoke_cards
from app.errors import Refused
from app.models import Card, Member, SpareCard, Term
from app.roster import replacing
from app.roster.replaced import tell_replaced

VERIFIER = re.compile(r"[0-9a-f]{64}")


def register_cards(
    held: Session,
    term: Term,
    verifiers: Mapping[int, str],
    now: datetime,
    shown: Mapping[int, int | None] | None = None,
    printed_by: int | None = None,
) -> None:
    """Make these cards the valid ones of their members; older cards are dead at once.

    Registering the same cards again changes nothing. `shown` names the valid card that the
    moderator saw of each member, None for no card: if another card came or went since, the one
    who was faster wins and this print is refused. `printed_by` is the officer who saw the secrets.
    """
    if not verifiers or not are_verifiers(verifiers.values()):
        raise Refused("bad_request")
    members = lock_members(held, term, verifiers, now)
    known = _known(held, verifiers.values())
    if known == {(member_id, verifier, True) for member_id, verifier in verifiers.items()}:
        return
    if known or is_spare(held, verifiers.values()):
        raise Refused("bad_request")
    if shown is not None:
        _require_shown(held, term, members, shown)
    hand_out(held, term, members, verifiers, now, printed_by)


def hand_out(
    held: Session,
    term: Term,
    members: Collection[Member],
    verifiers: Mapping[int, str],
    now: datetime,
    printed_by: int | None,
) -> None:
    """Let these be the only valid cards of their members, who are told if they had one before.

    A card that replaces one needs what a second person agreed to, and takes away what the member
    had added to the old one: whoever was faster with a copied card must not keep the owner out.
    """
    replaced = replacing.use_agreements(held, term, members, now)
    lifted = {each.id for each in replaced if card_protection.lift(held, each, now)}
    tell_replaced(held, term, members, now, lifted)
    revoke_cards(held, term.id, verifiers, now)
    for member_id, verifier in sorted(verifiers.items()):
        held.add(
            Card(
                area_id=term.area_id,
                member_id=member_id,
                term_id=term.id,
                verifier=verifier,
                printed_at=now,
                printed_by=printed_by,
            )
        )
    held.flush()


def lock_members(
    held: Session, term: Term, member_ids: Collection[int], now: datetime
) -> list[Member]:
    """These people of the term, refused when one is none; others who print for them wait."""
    people = people_of(held, term, day_in(term, day_of(now)))
    known = [each.member.id for each in people if each.member.id in member_ids]
    found = held.exec(
        select(Member).where(col(Member.id).in_(known)).order_by(col(Member.id)).with_for_update()
    ).all()
    if {each.id for each in found} != set(member_ids):
        raise Refused("not_found")
    return list(found)


def are_verifiers(verifiers: Collection[str]) -> bool:
    """Whether these could all be of cards that differ."""
    return len(set(verifiers)) == len(verifiers) and all(map(VERIFIER.fullmatch, verifiers))


def valid_cards(held: Session, term: Term, member_ids: Iterable[int]) -> dict[int, Card]:
    """The valid card of each of these members who has one."""
    found = held.exec(
        select(Card).where(
            Card.term_id == term.id,
            col(Card.member_id).in_(member_ids),
            col(Card.revoked_at).is_(None),
        )
    )
    return {card.member_id: card for card in found}


def is_spare(held: Session, verifiers: Iterable[str]) -> bool:
    """Whether one of these is of a spare card, given or not."""
    found = select(SpareCard.id).where(col(SpareCard.verifier).in_(verifiers))
    return held.exec(found).first() is not None


def _require_shown(
    held: Session, term: Term, members: Iterable[Member], shown: Mapping[int, int | None]
) -> None:
    """Refuse if somebody's valid card is another one than the moderator saw."""
    names = {each.id: each.name for each in members}
    valid = {each: card.id for each, card in valid_cards(held, term, names).items()}
    changed = [name for each, name in names.items() if valid.get(each) != shown.get(each)]
    if changed:
        raise Refused("card_changed", names=", ".join(changed))


def _known(held: Session, verifiers: Collection[str]) -> set[tuple[int, str, bool]]:
    """Cards that have one of these verifiers already: whose, which, and whether it is valid."""
    found = held.exec(select(Card).where(col(Card.verifier).in_(verifiers)))
    return {(card.member_id, card.verifier, card.revoked_at is None) for card in found}
