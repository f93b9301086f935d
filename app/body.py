"""The bodies of an area on a day: term, seats, who holds them and who may stand in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import union
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar
from werkzeug.exceptions import NotFound

from app.models import Body, Deputy, Member, Membership, ReservePlace, Seat, Term
from app.text import BERLIN

SEGMENTS: Mapping[str, tuple[str, ...]] = {
    "council": ("resident", "partner"),
    "jury": ("resident", "partner"),
    "steering_round": ("senate", "bezirk", "qm", "resident"),
    "selection_body": ("qm", "bezirk", "resident"),
}
WITH_BALLOTS = ("council", "jury")


@dataclass(frozen=True)
class Place:
    """A seat, its holders in declared order (none when it is vacant) and its own deputies."""

    seat: Seat
    holders: Sequence[tuple[Membership, Member]]
    deputies: Sequence[tuple[Deputy, Member]] = ()


class Person(NamedTuple):
    """Somebody of a term: holder, deputy or reserve, for which group and at which seat."""

    member: Member
    segment: str
    capacity: str
    seat: Seat | None


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


def voting_bodies(held: Session, area_id: int) -> list[Body]:
    """The councils and juries of the area."""
    return [body for body in bodies_of(held, area_id) if votes_by_ballot(body)]


def votes_by_ballot(body: Body) -> bool:
    """Whether a body has electoral rolls; steering rounds and selection bodies agree by talking."""
    return body.kind in WITH_BALLOTS


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


def term_to_fill(held: Session, body: Body, day: date) -> Term | None:
    """The term that runs on this day, otherwise the next one to come."""
    return held.exec(
        select(Term)
        .where(Term.body_id == body.id, Term.ends_on >= day)
        .order_by(col(Term.starts_on))
    ).first()


def day_in(term: Term, day: date) -> date:
    """This day, or the first day of a term that has not begun."""
    return max(day, term.starts_on)


def places_on(held: Session, body: Body, term: Term | None, day: date) -> list[Place]:
    """Every seat in its order, with who holds it on this day and who may stand in for it."""
    holders = _by_seat(_holders(held, term, day) if term else ())
    deputies = _by_seat(_deputies(held, term, day) if term else ())
    seats = held.exec(
        select(Seat)
        .where(Seat.body_id == body.id)
        .where(or_(col(Seat.ended_on).is_(None), col(Seat.ended_on) >= day))
        .order_by(col(Seat.position))
    )
    return [Place(seat, holders.get(seat.id, []), deputies.get(seat.id, [])) for seat in seats]


def _by_seat(rows: Sequence[tuple[Any, Member]]) -> dict[int, list[tuple[Any, Member]]]:
    found: dict[int, list[tuple[Any, Member]]] = {}
    for row in rows:
        found.setdefault(row[0].seat_id, []).append(row)
    return found


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


def _deputies(held: Session, term: Term, day: date) -> Sequence[tuple[Deputy, Member]]:
    return held.exec(
        select(Deputy, Member)
        .join(Member, col(Member.id) == Deputy.member_id)
        .where(Deputy.term_id == term.id, Deputy.starts_on <= day, Deputy.ends_on >= day)
        .order_by(col(Deputy.rank), col(Deputy.id))
    ).all()


def reserves_on(held: Session, term: Term, day: date) -> Sequence[tuple[ReservePlace, Member]]:
    """Who stands on the reserve list on this day, by rank."""
    return held.exec(
        select(ReservePlace, Member)
        .join(Member, col(Member.id) == ReservePlace.member_id)
        .where(ReservePlace.term_id == term.id, ReservePlace.listed_on <= day)
        .where(or_(col(ReservePlace.left_on).is_(None), col(ReservePlace.left_on) > day))
        .order_by(col(ReservePlace.rank))
    ).all()


def members_on(held: Session, body: Body, term: Term | None, day: date) -> list[Member]:
    """Everybody who holds a seat on this day, in the order of the seats."""
    places = places_on(held, body, term, day)
    return [member for place in places for _membership, member in place.holders]


def people_of(held: Session, term: Term | None, day: date) -> list[Person]:
    """Everybody who may vote in a term on this day, each once: holders, deputies, reserve list."""
    if term is None:
        return []
    found: dict[int, Person] = {}
    for person in _people(held, term, day):
        found.setdefault(person.member.id, person)
    return list(found.values())


def _people(held: Session, term: Term, day: date) -> Iterator[Person]:
    places = places_on(held, held.get_one(Body, term.body_id), term, day)
    for place in places:
        for _membership, member in place.holders:
            yield Person(member, place.seat.segment, "holder", place.seat)
    for place in places:
        for _deputy, member in place.deputies:
            yield Person(member, place.seat.segment, "deputy", place.seat)
    for reserve, member in reserves_on(held, term, day):
        yield Person(member, reserve.segment, "reserve", None)


def term_ids_of(member: Member) -> SelectOfScalar[str]:
    """Ask for every term in which a member holds or held a seat, stands in or is listed."""
    links = (Membership, Deputy, ReservePlace)
    found = union(
        *(
            select(link.term_id).where(link.area_id == member.area_id, link.member_id == member.id)
            for link in links
        )
    ).subquery()
    return select(found.c.term_id)


def spoken_for(held: Session, member: Member, day: date) -> set[int]:
    """The ids of the bodies for which a member speaks on this day."""
    return set(
        held.exec(
            select(Term.body_id)
            .join(Membership, col(Membership.term_id) == Term.id)
            .where(Membership.area_id == member.area_id, Membership.member_id == member.id)
            .where(col(Membership.role) == "speaker")
            .where(Membership.starts_on <= day, Membership.ends_on >= day)
        )
    )
