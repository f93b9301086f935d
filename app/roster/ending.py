"""What ends with a term: by its date, by the worker on the day after, and by people before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from app import setback
from app.body import day_of, term_ids_of
from app.card_revoking import end_cards, revoke_cards
from app.electoral_roll import procedure_of, rules_in_force
from app.models import Body, Card, Member, Membership, Round, Term
from voting.rules.disclosure import archive_end
from voting.rules.parameter import missing

UNDONE = ("draft", "announced", "open")


@dataclass(frozen=True)
class End:
    """How far the end of a term has come."""

    term: Term
    is_over: bool
    rounds: Sequence[Round]
    next_term: Term | None
    memberships: int
    cards: int
    archives_end_on: date | None


def look(held: Session, body: Body, term: Term, now: datetime) -> End:
    """What is done and what is left for the end of this term."""
    following = select(Term).where(Term.body_id == body.id, Term.starts_on > term.ends_on)
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
        archives_end_on=_archives_end_on(held, body, term),
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


def _archives_end_on(held: Session, body: Body, term: Term) -> date | None:
    """When the archives of the term's ballots are deleted; None while no rule says so."""
    rules = rules_in_force(held, body.id)
    if rules is None or missing(rules.parameters, ("archive.keep_months",)):
        return None
    return archive_end(term.ends_on, procedure_of(rules))
