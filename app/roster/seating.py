"""Seats are added, changed and given up; they are filled, shared and vacated."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from app.body import SEGMENTS, day_in, day_of, people_of, reserves_on
from app.card_revoking import revoke_cards
from app.errors import Refused
from app.models import Body, Deputy, Member, Membership, Seat, Term
from app.roster.releasing import require_released

ONE_DAY = timedelta(days=1)


def add_seat(held: Session, body: Body, segment: str, label: str) -> Seat:
    """Add a vacant seat behind the others."""
    return add_seats(held, body, segment, [label])[0]


def add_seats(held: Session, body: Body, segment: str, labels: Sequence[str]) -> list[Seat]:
    """Add one vacant seat for each label, behind the others."""
    lock_roster(held, body.id)
    _require_segment(body, segment)
    last = held.exec(select(func.max(Seat.position)).where(Seat.body_id == body.id)).one() or 0
    seats = [
        Seat(
            area_id=body.area_id,
            body_id=body.id,
            position=position,
            segment=segment,
            label=label,
        )
        for position, label in enumerate(labels, start=last + 1)
    ]
    held.add_all(seats)
    held.flush()
    return seats


def change_seat(held: Session, seat: Seat, segment: str, label: str) -> None:
    """Give a seat another group or name; rolls that are open keep what they froze."""
    body = lock_roster(held, seat.body_id)
    _require_segment(body, segment)
    seat.segment, seat.label = segment, label
    held.flush()


def give_up(held: Session, seat: Seat, now: datetime) -> None:
    """End a vacant seat today; nobody stands in for it any more."""
    lock_seat(held, seat)
    today = day_of(now)
    require_in_use(seat, today)
    if _is_held(held, today, Membership.seat_id == seat.id):
        raise Refused("seat_held")
    seat.ended_on = today - ONE_DAY
    still = select(Deputy).where(Deputy.seat_id == seat.id, Deputy.ends_on >= today)
    for deputy in held.exec(still).all():
        deputy.ends_on = today - ONE_DAY
        held.flush()
        revoke_if_out(held, held.get_one(Term, deputy.term_id), deputy.member_id, now)
    held.flush()


def fill(
    held: Session, seat: Seat, term: Term, member: Member, now: datetime, **facts: Any
) -> Membership:
    """Give a vacant seat to a member until the term ends; a member holds one seat at most.

    `facts` are further columns of the membership: source, role, is_dual_role, dual_role.
    """
    lock_seat(held, seat)
    if holders_of(held, seat, term, now):
        raise Refused("seat_taken")
    return _seat_member(held, seat, term, member, now, facts)


def share(
    held: Session, seat: Seat, term: Term, member: Member, now: datetime, **facts: Any
) -> Membership:
    """Give a seat one more holder, behind those it has; `facts` as for `fill`."""
    lock_seat(held, seat)
    before = holders_of(held, seat, term, now)
    if not before:
        raise Refused("seat_vacant")
    position = max(each.position for each in before) + 1
    return _seat_member(held, seat, term, member, now, {**facts, "position": position})


def vacate(held: Session, membership: Membership, now: datetime, reason: str = "other") -> None:
    """End a membership today: card, voting key and sign-ins are over too."""
    term = held.get_one(Term, membership.term_id)
    lock_roster(held, term.body_id)
    held.refresh(membership)
    day = day_in(term, day_of(now))
    if membership.ends_on < day:
        raise Refused("already_done")
    membership.ends_on, membership.end_reason = day - ONE_DAY, reason
    held.flush()
    revoke_if_out(held, term, membership.member_id, now)


def holders_of(held: Session, seat: Seat, term: Term, now: datetime) -> Sequence[Membership]:
    """The memberships of a seat today, or on the first day of a term to come."""
    day = day_in(term, day_of(now))
    return held.exec(
        select(Membership)
        .where(Membership.seat_id == seat.id, Membership.term_id == term.id)
        .where(Membership.starts_on <= day, Membership.ends_on >= day)
        .order_by(col(Membership.position), col(Membership.id))
    ).all()


def without_seat(held: Session, body: Body, term: Term, now: datetime) -> list[Member]:
    """People the area knows who hold no seat now, are no deputy and stand on no reserve list."""
    taken = {each.member.id for each in people_of(held, term, day_in(term, day_of(now)))}
    found = select(Member).where(
        Member.area_id == body.area_id,
        col(Member.id).not_in(sorted(taken)),
        col(Member.erased_on).is_(None),
    )
    return list(held.exec(found.order_by(Member.name)))


def lock_roster(held: Session, body_id: int) -> Body:
    """Let those who change the same body wait for each other; refuse while a round binds it."""
    body = lock_body(held, body_id)
    require_released(held, body_id)
    return body


def lock_body(held: Session, body_id: int) -> Body:
    """Wait for those who change the body; for what no round depends on."""
    return held.exec(select(Body).where(Body.id == body_id).with_for_update()).one()


def lock_seat(held: Session, seat: Seat) -> None:
    """Wait for others who change the body, and read the seat as they left it."""
    lock_roster(held, seat.body_id)
    held.refresh(seat)


def require_in_use(seat: Seat, day: date) -> None:
    if seat.ended_on is not None and seat.ended_on < day:
        raise Refused("seat_given_up")


def require_no_seat(held: Session, term: Term, member: Member, day: date) -> None:
    """Refuse somebody who holds a seat of this term."""
    mine = (Membership.term_id == term.id) & (Membership.member_id == member.id)
    if _is_held(held, day, mine):
        raise Refused("member_seated")


def keep(held: Session, member: Member) -> Member:
    """Store a new person; one that is known stays as it is."""
    held.add(member)
    held.flush()
    return member


def revoke_if_out(held: Session, term: Term, member_id: int, now: datetime) -> None:
    """End card, voting key and sign-ins of somebody who has no place in the term any more."""
    people = people_of(held, term, day_in(term, day_of(now)))
    if all(each.member.id != member_id for each in people):
        revoke_cards(held, term.id, [member_id], now)


def _seat_member(
    held: Session, seat: Seat, term: Term, member: Member, now: datetime, facts: dict[str, Any]
) -> Membership:
    day = day_in(term, day_of(now))
    require_in_use(seat, day)
    _require_free(held, term, keep(held, member), day, facts.get("source"))
    membership = Membership(
        area_id=seat.area_id,
        seat_id=seat.id,
        member_id=member.id,
        term_id=term.id,
        starts_on=day,
        ends_on=term.ends_on,
        **facts,
    )
    held.add(membership)
    held.flush()
    return membership


def _require_free(held: Session, term: Term, member: Member, day: date, source: str | None) -> None:
    """Refuse a holder, a deputy, and somebody on the reserve list who does not move up."""
    require_no_seat(held, term, member, day)
    mine = (Deputy.term_id == term.id) & (Deputy.member_id == member.id)
    stands_in = select(Deputy.id).where(mine, Deputy.starts_on <= day, Deputy.ends_on >= day)
    if held.exec(stands_in).first() is not None:
        raise Refused("member_deputy")
    listed = {each.id for _place, each in reserves_on(held, term, day)}
    if source != "reserve_list" and member.id in listed:
        raise Refused("member_listed")


def _require_segment(body: Body, segment: str) -> None:
    if segment not in SEGMENTS[body.kind]:
        raise Refused("segment_unknown")


def _is_held(held: Session, day: date, condition: Any) -> bool:
    found = select(Membership.id).where(
        Membership.starts_on <= day, Membership.ends_on >= day, condition
    )
    return held.exec(found).first() is not None
