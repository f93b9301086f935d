"""Rows of an invented council, its people's cards and keys among them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session

from app.demo.phone import Phone
from app.models import (
    Area,
    Attendance,
    Body,
    Card,
    Meeting,
    Member,
    Membership,
    Officer,
    RulesOfProcedure,
    Seat,
    Term,
    VotingKey,
)
from app.models.card import MARK

LONG_AGO = datetime(2026, 1, 12, 9, tzinfo=UTC)
RESIDENTS = ("Aylin Kara", "Jonas Wirth", "Rania Haddad", "Marek Zając", "Ines Vogt", "Tuğba Çelik")
PARTNERS = ("Schule am Anger", "Sportverein Blau", "Nachbarschaftshaus")
PARAMETERS: dict[str, Any] = {
    "quorum.rule": "two_thirds",
    "quorum.base": "all_seats",
    "majority.funding": "two_thirds",
    "majority.base": "present",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "ballot.min_turnout": 5,
    "trust.meeting": "office",
    "languages": ["de", "en"],
}


def store(held: Session, row: Any) -> Any:
    held.add(row)
    held.flush()
    return row


def store_all(held: Session, rows: Iterable[Any]) -> list[Any]:
    """Store rows of one kind in few statements; their numbers follow their order."""
    stored = list(rows)
    held.add_all(stored)
    held.flush()
    return stored


def moderator(area: Area, name: str) -> Officer:
    return Officer(area_id=area.id, name=name, role="moderator", mail=None, is_demo=True)


def first_rules(body: Body, officer: Officer) -> RulesOfProcedure:
    return RulesOfProcedure(
        area_id=body.area_id,
        body_id=body.id,
        version=1,
        parameters=PARAMETERS,
        valid_from=LONG_AGO.date(),
        adopted_at=LONG_AGO,
        adopted_by="officers",
        entered_by=officer.id,
    )


def seats_of(body: Body) -> Iterable[Seat]:
    segments = ["resident"] * len(RESIDENTS) + ["partner"] * len(PARTNERS)
    for position, segment in enumerate(segments, start=1):
        label = "" if segment == "resident" else PARTNERS[position - len(RESIDENTS) - 1]
        yield Seat(
            area_id=body.area_id, body_id=body.id, position=position, segment=segment, label=label
        )


def new_member(area: Area, name: str) -> Member:
    return Member(area_id=area.id, name=name, is_demo=True)


def membership_of(term: Term, seat: Seat, member: Member) -> Membership:
    return Membership(
        area_id=term.area_id,
        seat_id=seat.id,
        member_id=member.id,
        term_id=term.id,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
    )


def arrival(meeting: Meeting, member: Member) -> Attendance:
    return Attendance(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        member_id=member.id,
        arrived_at=meeting.starts_at,
    )


def build_meeting(body: Body, starts_at: datetime) -> Meeting:
    """A meeting that is not stored yet."""
    return Meeting(
        area_id=body.area_id,
        body_id=body.id,
        starts_at=starts_at,
        place="Gemeindesaal, Anger 1",
        visibility="public",
    )


def give_key(held: Session, member: Member, term: Term) -> Phone:
    """Print a card for a member and make a voting key with it; return the phone."""
    phone = Phone.fresh(term.id)
    store(held, printed(member, phone, phone.verifier, phone.wrap()))
    give_point(held, member, phone, MARK)
    return phone


def give_keys(held: Session, members: Iterable[Member], term: Term) -> dict[int, Phone]:
    """The same for all members of a council at once, with phones that were made once."""
    owned = [(member, made(term.id, n)) for n, member in enumerate(members)]
    store_all(
        held, (printed(member, each.phone, each.verifier, each.wrapped) for member, each in owned)
    )
    store_all(held, (registered(member, each.phone, MARK, each.point) for member, each in owned))
    return {member.id: each.phone for member, each in owned}


class Made(NamedTuple):
    """A phone, what the server keeps of its card, and its point."""

    phone: Phone
    verifier: str
    wrapped: str
    point: str


@cache
def made(term_id: str, number: int) -> Made:
    """Tests never meet in a database: one key for each place of a council is enough."""
    phone = Phone.fresh(term_id)
    return Made(phone, phone.verifier, phone.wrap(), phone.point)


def printed(member: Member, phone: Phone, verifier: str, wrapped: str) -> Card:
    return Card(
        area_id=member.area_id,
        member_id=member.id,
        term_id=phone.term,
        verifier=verifier,
        wrapped=wrapped,
        printed_at=LONG_AGO,
    )


def give_point(held: Session, member: Member, phone: Phone, group: str) -> None:
    """Register the public point of a phone's voting key in a group."""
    store(held, registered(member, phone, group, phone.point_in(group)))


def registered(member: Member, phone: Phone, group: str, point: str) -> VotingKey:
    return VotingKey(
        area_id=member.area_id,
        member_id=member.id,
        term_id=phone.term,
        group=group,
        point=point,
        registered_at=LONG_AGO,
    )


def on_day(value: date, hour: int = 18) -> datetime:
    return datetime(value.year, value.month, value.day, hour, tzinfo=UTC)
