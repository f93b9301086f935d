"""What ends with a term: by its date, by the worker on the day after, and by people before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from app import box, pot, rules_of_procedure, setback
from app.body import day_of, term_ids_of
from app.card_revoking import end_cards, revoke_cards
from app.models import Body, Card, Grant, Member, Membership, Round, Term

UNDONE = ("draft", "announced", "open")


@dataclass(frozen=True)
class End:
    """How far the end of a term has come.

    `grants` are those that are not completed, None where the body has no fund. The last box goes on
    `boxes_end_on`: that of a vote which was held, or of one that would open now.
    """

    term: Term
    is_over: bool
    rounds: Sequence[Round]
    next_term: Term | None
    memberships: int
    cards: int
    grants: Sequence[Grant] | None
    boxes_end_on: date
    is_by_rules: bool


def look(held: Session, body: Body, term: Term, now: datetime) -> End:
    """What is done and what is left for the end of this term."""
    following = select(Term).where(Term.body_id == body.id, Term.starts_on > term.ends_on)
    rules = rules_of_procedure.in_force(held, body.id)
    mine = select(func.count(col(Membership.id))).where(Membership.term_id == term.id)
    return End(
        term=term,
        is_over=term.ends_on < day_of(now),
        rounds=held.exec(
            select(Round).where(Round.term_id == term.id, col(Round.state).in_(UNDONE))
        ).all(),
        next_term=held.exec(following.order_by(col(Term.starts_on))).first(),
        memberships=held.exec(mine.where(Membership.ends_on == term.ends_on)).one(),
        cards=len(_holders(held, term)),
        grants=pot.open_grants(held, body.id),
        boxes_end_on=box.last_end(held, term) or box.end_after(term, rules),
        is_by_rules=box.is_by_rules(rules),
    )


def terms_over(held: Session, now: datetime) -> Sequence[Term]:
    """The terms whose last day is over and of which cards are left."""
    return held.exec(
        select(Term)
        .where(Term.ends_on < day_of(now), setback.is_whole(Term.area_id))
        .where(col(Term.id).in_(select(Card.term_id).where(col(Card.revoked_at).is_(None))))
    ).all()


def end_left_over(held: Session, term: Term, now: datetime) -> int:
    """End the cards and keys of a term that is over; sign out who has no other term."""
    holders = _holders(held, term)
    gone = [each for each in holders if not _has_term(held, each, now)]
    revoke_cards(held, term.id, [each.id for each in gone], now)
    end_cards(held, term.id, [each.id for each in holders], now)
    return len(holders)


def _holders(held: Session, term: Term) -> Sequence[Member]:
    """The members who have a valid card of a term."""
    with_card = select(Card.member_id).where(
        Card.term_id == term.id, col(Card.revoked_at).is_(None)
    )
    return held.exec(select(Member).where(col(Member.id).in_(with_card))).all()


def _has_term(held: Session, member: Member, now: datetime) -> bool:
    """Whether the member has or had a place in a term that is not over."""
    mine = select(Term.id).where(col(Term.id).in_(term_ids_of(member)), Term.ends_on >= day_of(now))
    return held.exec(mine).first() is not None
