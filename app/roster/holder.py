"""Who of a term has a card, and of which group to print for they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from app.body import SEGMENTS, Person, day_in, day_of, people_of
from app.models import Body, Card, Member, SpareCard, Term, VotingKey
from app.roster.replacing import is_replacement

WITHOUT_CARD = "without_card"
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Holder:
    """Somebody of the term, the newest card if there is one, and whether a voting key exists.

    `spare_number` is what stands on the newest card if it was a spare card. `needs_second` says
    that a new card would replace one, which a second person must agree to.
    """

    person: Person
    card: Card | None = None
    spare_number: int | None = None
    has_key: bool = False
    needs_second: bool = False

    @property
    def member(self) -> Member:
        return self.person.member

    @property
    def valid_card(self) -> Card | None:
        return self.card if self.card and self.card.revoked_at is None else None

    def belongs_to(self, group: str) -> bool:
        """Whether a print job for this group prints a card for this person."""
        if self.needs_second:
            return False
        if group == WITHOUT_CARD:
            return self.valid_card is None
        return group in (EVERYBODY, self.person.segment, self.person.capacity)


def holders_in(held: Session, term: Term, now: datetime) -> list[Holder]:
    """Everybody who may vote in a term, with the newest card of each."""
    people = people_of(held, term, day_in(term, day_of(now)))
    ids = [each.member.id for each in people]
    cards = _newest_cards(held, term, ids)
    numbers = _spare_numbers(held, [card.verifier for card in cards.values()])
    keys = _with_key(held, term, ids)
    return [
        Holder(
            person,
            card := cards.get(person.member.id),
            numbers.get(card.verifier) if card else None,
            person.member.id in keys,
            is_replacement(cards.get(person.member.id), now),
        )
        for person in people
    ]


def holder_of(held: Session, term: Term, member_id: int, now: datetime) -> Holder:
    """Somebody of the term; anybody else is not found."""
    holders = holders_in(held, term, now)
    found = next((each for each in holders if each.member.id == member_id), None)
    if found is None:
        raise NotFound()
    return found


def groups_of(body: Body, holders: Sequence[Holder]) -> Mapping[str, int]:
    """How many people each group to print for has; groups without people are left out."""
    groups = (WITHOUT_CARD, EVERYBODY, *SEGMENTS[body.kind], "deputy", "reserve")
    counts = {group: sum(each.belongs_to(group) for each in holders) for group in groups}
    return {group: count for group, count in counts.items() if count}


def _newest_cards(held: Session, term: Term, ids: Sequence[int]) -> dict[int, Card]:
    found = held.exec(
        select(Card)
        .where(Card.term_id == term.id, col(Card.member_id).in_(ids))
        .order_by(col(Card.printed_at), col(Card.id))
    )
    return {card.member_id: card for card in found}


def _spare_numbers(held: Session, verifiers: Sequence[str]) -> dict[str, int]:
    found = held.exec(select(SpareCard).where(col(SpareCard.verifier).in_(verifiers)))
    return {spare.verifier: spare.number for spare in found}


def _with_key(held: Session, term: Term, ids: Sequence[int]) -> set[int]:
    return set(
        held.exec(
            select(VotingKey.member_id).where(
                VotingKey.term_id == term.id, col(VotingKey.member_id).in_(ids)
            )
        )
    )
