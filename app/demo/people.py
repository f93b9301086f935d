"""The invented area, its council, the people on its seats, and their cards and voting keys."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.body import council_of, day_of
from app.demo import content, keychain
from app.demo.keychain import Keychain, Owner
from app.demo.phone import Phone
from app.models import (
    ActionGoal,
    Area,
    Body,
    Card,
    Coordination,
    Coordinator,
    Member,
    Membership,
    Officer,
    Seat,
    Term,
    VotingKey,
)
from app.roster import adopting, drafting
from app.roster.importing_areas import FILE, import_areas
from app.roster.printing import register_cards
from app.roster.seating import add_seat
from voting.protocol.group import NAMES as GROUPS

TERM_AGE = timedelta(weeks=40)
TERM_LENGTH = timedelta(days=2 * 365)
CARDS_AFTER = timedelta(weeks=2)


def settle(held: Session, now: datetime) -> None:
    """Found all areas, one of them with its council, and give everybody a card."""
    told = content.area()
    import_areas(held, FILE.read_text(encoding="utf-8"))
    own = area(held)
    own.sqlmodel_update(told["area"])
    for position, title in enumerate(told["action_goals"], start=1):
        _add(held, ActionGoal(area_id=own.id, position=position, title=title))
    officers = [
        _add(held, Officer(area_id=own.id, role="moderator", is_demo=True, **each))
        for each in told["moderators"]
    ]
    _coordinate(held, own, told["coordinator"], now)
    owners = _found(held, own, "council", told, officers, now)
    keychain.write(owners | _found(held, own, "jury", content.jury(), officers, now))


def _coordinate(held: Session, own: Area, told: dict[str, Any], now: datetime) -> None:
    """Somebody of the Bezirk accompanies the area and has an access to read it."""
    person = _add(held, Coordinator(**told))
    since = day_of(now - TERM_AGE)
    _add(held, Coordination(area_id=own.id, coordinator_id=person.id, starts_on=since))
    access = {"name": person.name, "mail": person.mail, "coordinator_id": person.id}
    _add(held, Officer(area_id=own.id, role="coordinator", is_demo=True, **access))


def _found(
    held: Session,
    own: Area,
    kind: str,
    told: dict[str, Any],
    officers: list[Officer],
    now: datetime,
) -> Keychain:
    """A body with its term, rules and seats, whose members have cards; return their phones."""
    body = _add(held, Body(area_id=own.id, kind=kind, name=told["body"]))
    founded = now - TERM_AGE
    term = _add(held, _term(body, told["term"], day_of(founded)))
    _adopt(held, body, told["rules"], officers, founded)
    owners = {
        each["key"]: Owner(_seat(held, body, term, each, now), Phone.fresh(term.id))
        for each in told["seats"]
    }
    _give_cards(held, term, told["seats"], owners, now)
    return owners


def _add(held: Session, row: Any) -> Any:
    held.add(row)
    held.flush()
    return row


def _adopt(
    held: Session, body: Body, rules: dict[str, Any], officers: list[Officer], now: datetime
) -> None:
    """The first version: one moderator enters it, the other one confirms."""
    draft = drafting.begin(held, body, officers[0], None)
    drafting.store(held, draft, rules)
    adopting.confirm(held, adopting.ask(held, draft, officers[0], now), officers[1], now)


def _term(body: Body, name: str, start: date) -> Term:
    return Term(
        id=f"{name}-{start.year}",
        area_id=body.area_id,
        body_id=body.id,
        starts_on=start,
        ends_on=start + TERM_LENGTH,
    )


def _seat(held: Session, body: Body, term: Term, told: dict[str, Any], now: datetime) -> int:
    """Fill a seat at the start of the term, or some weeks ago; return who has it."""
    seat: Seat = add_seat(held, body, told["segment"], told.get("label", ""))
    member: Member = _add(
        held,
        Member(
            area_id=body.area_id,
            name=told["name"],
            language=told.get("language", "de"),
            is_demo=True,
        ),
    )
    since = now - timedelta(weeks=told["weeks_ago"]) if _is_new(told) else None
    _add(
        held,
        Membership(
            area_id=body.area_id,
            seat_id=seat.id,
            member_id=member.id,
            term_id=term.id,
            starts_on=day_of(since) if since else term.starts_on,
            ends_on=term.ends_on,
        ),
    )
    return member.id


def _give_cards(
    held: Session, term: Term, seats: list[dict[str, Any]], owners: Keychain, now: datetime
) -> None:
    """Print all cards; who is new has one but made no voting key with it yet."""
    phones = {owner.member_id: owner.phone for owner in owners.values()}
    new = {owners[each["key"]].member_id for each in seats if _is_new(each)}
    register_cards(held, term, {each: phones[each].verifier for each in phones}, now)
    printed = now - TERM_AGE + CARDS_AFTER
    for card in held.exec(select(Card).where(Card.term_id == term.id)):
        if card.member_id not in new:
            phone = phones[card.member_id]
            card.printed_at, card.wrapped = printed, phone.wrap()
            held.add_all(_voting_keys(card, phone, printed + timedelta(days=1)))
    held.flush()


def _is_new(told: dict[str, Any]) -> bool:
    return "weeks_ago" in told


def _voting_keys(card: Card, phone: Phone, now: datetime) -> list[VotingKey]:
    return [
        VotingKey(
            area_id=card.area_id,
            member_id=card.member_id,
            term_id=card.term_id,
            group=group,
            point=phone.point_in(group),
            registered_at=now,
        )
        for group in GROUPS
    ]


def area(held: Session) -> Area:
    return held.exec(select(Area).where(Area.slug == content.area()["area"]["slug"])).one()


def council(held: Session) -> Body:
    return council_of(held, area(held).id)


def jury(held: Session) -> Body:
    """The body that decides about the fund."""
    return held.exec(select(Body).where(Body.area_id == area(held).id, Body.kind == "jury")).one()


def members(held: Session) -> dict[str, Member]:
    """The invented members by their keys in the files."""
    return {key: held.get_one(Member, owner.member_id) for key, owner in keychain.read().items()}


def moderators(held: Session) -> list[Officer]:
    return _officers(held, col(Officer.coordinator_id).is_(None))


def coordinators(held: Session) -> list[Officer]:
    return _officers(held, col(Officer.coordinator_id).is_not(None))


def _officers(held: Session, wanted: ColumnElement[bool]) -> list[Officer]:
    return list(
        held.exec(
            select(Officer)
            .where(col(Officer.is_demo), col(Officer.area_id) == area(held).id)
            .where(wanted)
            .order_by(col(Officer.id))
        )
    )
