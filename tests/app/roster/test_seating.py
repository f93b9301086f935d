"""Seats are added, filled and vacated."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.body import day_of, members_on, places_on
from app.errors import Refused
from app.models import Member, Membership, VotingKey
from app.roster import seating
from tests.app.builder import Council
from tests.service.database import both_databases


def now() -> datetime:
    return datetime.now(UTC)


def test_a_new_seat_is_last_and_vacant(held: Session, area: Council) -> None:
    seat = seating.add_seat(held, area.body, "partner", "Bibliothek")
    assert (seat.position, seat.segment, seat.label) == (10, "partner", "Bibliothek")
    places = places_on(held, area.body, area.term, day_of(now()))
    assert (len(places), list(places[-1].holders)) == (10, [])


def test_a_vacant_seat_is_filled_until_the_term_ends(held: Session, area: Council) -> None:
    seat = seating.add_seat(held, area.body, "resident", "")
    made = seating.fill(held, seat, area.term, Member(area_id=area.area.id, name="Ali"), now())
    assert (made.starts_on, made.ends_on) == (day_of(now()), area.term.ends_on)
    assert members_on(held, area.body, area.term, day_of(now()))[-1].name == "Ali"


def test_a_seat_is_filled_once(held: Session, area: Council) -> None:
    with pytest.raises(Refused, match="seat_taken"):
        seating.fill(
            held, area.seats[0], area.term, Member(area_id=area.area.id, name="Ali"), now()
        )


def test_a_member_holds_one_seat(held: Session, area: Council) -> None:
    seat = seating.add_seat(held, area.body, "resident", "")
    with pytest.raises(Refused, match="member_seated"):
        seating.fill(held, seat, area.term, area.members[0], now())


@both_databases
def test_a_vacated_seat_is_empty_at_once_and_can_be_filled_again(
    held: Session, area: Council
) -> None:
    membership = held.exec(
        select(Membership).where(Membership.member_id == area.members[0].id)
    ).one()
    assert area.members[0] not in seating.without_seat(held, area.body, area.term, now())
    seating.vacate(held, membership, now())
    places = places_on(held, area.body, area.term, day_of(now()))
    assert list(places[0].holders) == []
    assert seating.without_seat(held, area.body, area.term, now()) == [area.members[0]]
    keys = select(VotingKey).where(VotingKey.member_id == area.members[0].id)
    assert held.exec(keys).all() == []
    with pytest.raises(Refused, match="already_done"):
        seating.vacate(held, membership, now())
    seating.fill(held, area.seats[0], area.term, area.members[0], now())
    assert members_on(held, area.body, area.term, day_of(now()))[0] == area.members[0]
