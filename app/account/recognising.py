"""Whose card is shown: the holder while the card is good, a refusal otherwise."""

from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app import card_secret, db, throttle
from app.body import day_in, day_of, people_of
from app.errors import Refused
from app.models import Area, Body, Card, Member, Term
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
    row = _find(db.session(), Card.verifier == verifier) if verifier else None
    if row is None:
        throttle.count_failure(SCOPE, MOST_FAILURES)
        raise Refused("card_unknown")
    return _require_good(row)


def require_known_card(card_id: int) -> Holder:
    """The holder of a card that was shown in this browser before."""
    row = _find(db.session(), Card.id == card_id)
    if row is None:
        raise Refused("card_revoked")
    return _require_good(row)


def require_card_of_words(words: str) -> Holder:
    """As `require_card` for the words typed where no script runs; they are forgotten here."""
    secret = card_secret.parse(words)
    return require_card(card_secret.signin_key(secret) if secret else "")


def _find(
    held: Session, condition: ColumnElement[bool] | bool
) -> tuple[Card, Member, Term, Body] | None:
    return held.exec(
        select(Card, Member, Term, Body)
        .join(Member, col(Member.id) == Card.member_id)
        .join(Term, col(Term.id) == Card.term_id)
        .join(Body, col(Body.id) == Term.body_id)
        .where(condition)
    ).first()


def _require_good(row: tuple[Card, Member, Term, Body]) -> Holder:
    card, member, term, body = row
    held = db.session()
    now = db.clock(held)
    segment = _segment(held, card, term, now)
    if card.revoked_at or ends_at(term) <= now or segment is None:
        raise Refused("card_revoked")
    area = held.get_one(Area, card.area_id)
    return Holder(card, member, term, body, area, segment)


def _segment(held: Session, card: Card, term: Term, now: datetime) -> str | None:
    """The group of the seat, or of the place as deputy or on the reserve list, while it lasts."""
    people = people_of(held, term, day_in(term, day_of(now)))
    return next((each.segment for each in people if each.member.id == card.member_id), None)
