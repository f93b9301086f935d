"""Persons are put on the reserve list, leave it, or move up to a vacant seat."""

from datetime import datetime

from sqlmodel import Session, func, select

from app.body import day_in, day_of, reserves_on
from app.errors import Refused
from app.models import Member, Membership, ReservePlace, Seat, Term
from app.roster.seating import fill, keep, lock_roster, lock_seat, require_no_seat, revoke_if_out

SEGMENTS_LISTED = ("resident", "partner")


def add_reserve(
    held: Session, term: Term, member: Member, segment: str, now: datetime
) -> ReservePlace:
    """List a person behind all others; ranks are never given twice."""
    lock_roster(held, term.body_id)
    if segment not in SEGMENTS_LISTED:
        raise Refused("segment_unknown")
    day = day_in(term, day_of(now))
    require_no_seat(held, term, keep(held, member), day)
    if any(each.id == member.id for _place, each in reserves_on(held, term, day)):
        raise Refused("already_done")
    last = held.exec(
        select(func.max(ReservePlace.rank)).where(ReservePlace.term_id == term.id)
    ).one()
    place = ReservePlace(
        area_id=term.area_id,
        term_id=term.id,
        member_id=member.id,
        segment=segment,
        rank=(last or 0) + 1,
        listed_on=day,
    )
    held.add(place)
    held.flush()
    return place


def leave(held: Session, place: ReservePlace, reason: str, now: datetime) -> None:
    """Take a person off the list today; place and reason stay."""
    term = held.get_one(Term, place.term_id)
    lock_roster(held, term.body_id)
    held.refresh(place)
    if place.left_on is not None:
        raise Refused("already_done")
    place.left_on, place.left_reason = day_in(term, day_of(now)), reason
    held.flush()
    revoke_if_out(held, term, place.member_id, now)


def next_in_rank(
    held: Session, term: Term, segment: str, now: datetime
) -> tuple[ReservePlace, Member] | None:
    """Who moves up next for a group."""
    listed = reserves_on(held, term, day_in(term, day_of(now)))
    return next((row for row in listed if row[0].segment == segment), None)


def move_up(held: Session, seat: Seat, term: Term, now: datetime) -> Membership:
    """Give a vacant seat to the next in rank of its group; card and voting key stay valid."""
    lock_seat(held, seat)
    found = next_in_rank(held, term, seat.segment, now)
    if found is None:
        raise Refused("nobody_listed")
    place, member = found
    membership = fill(held, seat, term, member, now, source="reserve_list")
    place.left_on, place.left_reason = membership.starts_on, "moved_up"
    held.flush()
    return membership
