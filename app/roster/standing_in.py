"""Persons who may stand in for one seat are named, ordered and ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.body import day_in, day_of
from app.errors import Refused
from app.models import Deputy, Member, Seat, Term
from app.roster.holding import moved
from app.roster.seating import (
    ONE_DAY,
    keep,
    lock_roster,
    lock_seat,
    require_in_use,
    require_no_seat,
    revoke_if_out,
)


def add_deputy(held: Session, seat: Seat, term: Term, member: Member, now: datetime) -> Deputy:
    """Let a person stand in for a seat until the term ends, behind its other deputies."""
    lock_seat(held, seat)
    day = day_in(term, day_of(now))
    require_in_use(seat, day)
    require_no_seat(held, term, keep(held, member), day)
    before = deputies_of(held, seat, term, now)
    if any(each.member_id == member.id for each in before):
        raise Refused("already_done")
    deputy = Deputy(
        area_id=seat.area_id,
        seat_id=seat.id,
        member_id=member.id,
        term_id=term.id,
        rank=max((each.rank for each in before), default=0) + 1,
        starts_on=day,
        ends_on=term.ends_on,
    )
    held.add(deputy)
    held.flush()
    return deputy


def move_deputy(held: Session, deputy: Deputy, now: datetime, *, up: bool) -> None:
    """Let a deputy be asked before the one above, or after the one below."""
    seat = held.get_one(Seat, deputy.seat_id)
    lock_roster(held, seat.body_id)
    term = held.get_one(Term, deputy.term_id)
    order = moved(deputies_of(held, seat, term, now), deputy, up=up)
    for rank, each in enumerate(order, start=1):
        each.rank = rank
    held.flush()


def end_deputy(held: Session, deputy: Deputy, now: datetime) -> None:
    """End a deputyship today."""
    term = held.get_one(Term, deputy.term_id)
    lock_roster(held, term.body_id)
    held.refresh(deputy)
    day = day_in(term, day_of(now))
    if deputy.ends_on < day:
        raise Refused("already_done")
    deputy.ends_on = day - ONE_DAY
    held.flush()
    revoke_if_out(held, term, deputy.member_id, now)


def deputies_of(held: Session, seat: Seat, term: Term, now: datetime) -> Sequence[Deputy]:
    """The deputies of a seat today, or on the first day of a term to come, by rank."""
    day = day_in(term, day_of(now))
    return held.exec(
        select(Deputy)
        .where(Deputy.seat_id == seat.id, Deputy.term_id == term.id)
        .where(Deputy.starts_on <= day, Deputy.ends_on >= day)
        .order_by(col(Deputy.rank), col(Deputy.id))
    ).all()
