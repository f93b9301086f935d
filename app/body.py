"""The bodies of an area on a day: term, seats and who holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select
from werkzeug.exceptions import NotFound

from app.models import Body, Member, Membership, Seat, Term
from app.text import BERLIN


@dataclass(frozen=True)
class Place:
    """A seat and its holders in declared order; none when it is vacant."""

    seat: Seat
    holders: Sequence[tuple[Membership, Member]]


def bodies_of(held: Session, area_id: int) -> Sequence[Body]:
    """Every body of the area, in the order in which they were set up."""
    return held.exec(select(Body).where(Body.area_id == area_id).order_by(col(Body.id))).all()


def council_of(held: Session, area_id: int) -> Body:
    """The one council of the area."""
    found = held.exec(
        select(Body).where(Body.area_id == area_id, Body.kind == "council").order_by(col(Body.id))
    ).first()
    if found is None:
        raise NotFound()
    return found


def day_of(now: datetime) -> date:
    """The calendar day in Berlin."""
    return now.astimezone(BERLIN).date()


def term_on(held: Session, body: Body, day: date) -> Term | None:
    """The term that runs on this day."""
    return held.exec(
        select(Term)
        .where(Term.body_id == body.id, Term.starts_on <= day, Term.ends_on >= day)
        .order_by(col(Term.starts_on).desc())
    ).first()


def places_on(held: Session, body: Body, term: Term | None, day: date) -> list[Place]:
    """Every seat in its order, with who holds it on this day."""
    holders: dict[int, list[tuple[Membership, Member]]] = {}
    for membership, member in _holders(held, term, day) if term else ():
        holders.setdefault(membership.seat_id, []).append((membership, member))
    seats = held.exec(
        select(Seat)
        .where(Seat.body_id == body.id)
        .where(or_(col(Seat.ended_on).is_(None), col(Seat.ended_on) >= day))
        .order_by(col(Seat.position))
    )
    return [Place(seat, holders.get(seat.id, [])) for seat in seats]


def _holders(held: Session, term: Term, day: date) -> Sequence[tuple[Membership, Member]]:
    return held.exec(
        select(Membership, Member)
        .join(Member, col(Member.id) == Membership.member_id)
        .where(
            Membership.term_id == term.id,
            Membership.starts_on <= day,
            Membership.ends_on >= day,
        )
        .order_by(col(Membership.position), col(Membership.id))
    ).all()


def members_on(held: Session, body: Body, term: Term | None, day: date) -> list[Member]:
    """Everybody who holds a seat on this day, in the order of the seats."""
    places = places_on(held, body, term, day)
    return [member for place in places for _membership, member in place.holders]
