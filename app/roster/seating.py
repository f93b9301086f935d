"""Seats are added, filled and vacated."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from app.body import day_of
from app.errors import Refused
from app.models import Body, Member, Membership, Seat, Term
from app.roster.printing import revoke_cards


def add_seat(held: Session, body: Body, segment: str, label: str) -> Seat:
    """Add a vacant seat behind the others."""
    held.exec(select(Body).where(Body.id == body.id).with_for_update()).one()
    last = held.exec(select(func.max(Seat.position)).where(Seat.body_id == body.id)).one()
    seat = Seat(
        area_id=body.area_id,
        body_id=body.id,
        position=(last or 0) + 1,
        segment=segment,
        label=label,
    )
    held.add(seat)
    held.flush()
    return seat


def fill(held: Session, seat: Seat, term: Term, member: Member, now: datetime) -> Membership:
    """Give a vacant seat to a member until the term ends; a member holds one seat at most."""
    held.exec(select(Body).where(Body.id == seat.body_id).with_for_update()).one()
    today = day_of(now)
    if member.id is None:
        held.add(member)
        held.flush()
    if _is_held(held, term, today, Membership.seat_id == seat.id):
        raise Refused("seat_taken")
    if _is_held(held, term, today, Membership.member_id == member.id):
        raise Refused("member_seated")
    membership = Membership(
        area_id=seat.area_id,
        seat_id=seat.id,
        member_id=member.id,
        term_id=term.id,
        starts_on=today,
        ends_on=term.ends_on,
    )
    held.add(membership)
    held.flush()
    return membership


def vacate(held: Session, membership: Membership, now: datetime) -> None:
    """End a membership today: the seat is vacant, card, voting key and sign-ins are over."""
    today = day_of(now)
    if membership.ends_on < today:
        raise Refused("already_done")
    membership.ends_on = today - timedelta(days=1)
    revoke_cards(held, membership.term_id, [membership.member_id], now)
    held.flush()


def without_seat(held: Session, body: Body, term: Term, now: datetime) -> list[Member]:
    """People the area knows who hold no seat now."""
    today = day_of(now)
    seated = (
        select(Membership.member_id)
        .where(Membership.term_id == term.id)
        .where(Membership.starts_on <= today, Membership.ends_on >= today)
    )
    found = select(Member).where(Member.area_id == body.area_id, col(Member.id).not_in(seated))
    return list(held.exec(found.order_by(Member.name)))


def _is_held(held: Session, term: Term, today: date, condition: Any) -> bool:
    found = held.exec(
        select(Membership.id).where(
            Membership.term_id == term.id,
            Membership.starts_on <= today,
            Membership.ends_on >= today,
            condition,
        )
    )
    return found.first() is not None
