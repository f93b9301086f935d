"""Whose card is shown: the holder while the card is good, a refusal otherwise."""

from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import NamedTuple

from sqlmodel import col, select

from app import card_secret, db, throttle
from app.errors import Refused
from app.models import Area, Body, Card, Member, Membership, Seat, Term
from app.text import BERLIN

SCOPE = "card"
MOST_FAILURES = 20


class Holder(NamedTuple):
    """A member as the holder of a good card."""

    card: Card
    member: Member
    term: Term
    body: Body
    area: Area
    segment: str

    @property
    def valid_until(self) -> datetime:
        return ends_at(self.term)


def ends_at(term: Term) -> datetime:
    """The first moment after the term's last day in Berlin."""
    day_after = term.ends_on + timedelta(days=1)
    return datetime.combine(day_after, time_of_day.min, BERLIN).astimezone(UTC)


def require_card(signin: str) -> Holder:
    """The holder of the card that yields this sign-in key; failures are counted."""
    verifier = card_secret.verifier(signin)
    held = db.session()
    row = held.exec(_by_verifier(verifier)).first() if verifier else None
    if row is None:
        throttle.count_failure(SCOPE, MOST_FAILURES)
        raise Refused("card_unknown")
    card, member, term, body, area, membership, seat = row
    now = db.clock(held)
    if card.revoked_at or ends_at(term) <= now or not _is_running(membership, now):
        raise Refused("card_revoked")
    return Holder(card, member, term, body, area, seat.segment)


def require_card_of_words(words: str) -> Holder:
    """As `require_card` for the words typed where no script runs; they are forgotten here."""
    secret = card_secret.parse(words)
    return require_card(card_secret.signin_key(secret) if secret else "")


def _by_verifier(verifier: str):  # type: ignore[no-untyped-def]
    return (
        select(Card, Member, Term, Body, Area, Membership, Seat)
        .join(Member, col(Member.id) == Card.member_id)
        .join(Term, col(Term.id) == Card.term_id)
        .join(Body, col(Body.id) == Term.body_id)
        .join(Area, col(Area.id) == Card.area_id)
        .join(
            Membership,
            (col(Membership.member_id) == Card.member_id)
            & (col(Membership.term_id) == Card.term_id),
        )
        .join(Seat, col(Seat.id) == Membership.seat_id)
        .where(Card.verifier == verifier)
        .order_by(col(Membership.ends_on).desc())
    )


def _is_running(membership: Membership, now: datetime) -> bool:
    return membership.ends_on >= now.astimezone(BERLIN).date()
