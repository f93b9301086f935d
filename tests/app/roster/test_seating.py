"""Seats are added, changed and given up; they are filled, shared and vacated."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from app import db
from app.body import day_of, members_on, places_on
from app.errors import Refused
from app.models import (
    Card,
    Deputy,
    Member,
    Membership,
    ReservePlace,
    Seat,
    Term,
    VotingKey,
)
from app.roster import reserving, seating, standing_in
from tests.app.builder import Council

MakeMember = Callable[[str], Member]


@pytest.fixture
def seat(held: Session, area: Council) -> Seat:
    """A tenth seat, vacant."""
    return seating.add_seat(held, area.body, "resident", "")


def membership_of(held: Session, member: Member) -> Membership:
    return held.exec(select(Membership).where(Membership.member_id == member.id)).one()


def test_new_seats_are_last_and_vacant(held: Session, area: Council, now: datetime) -> None:
    seats = seating.add_seats(held, area.body, "partner", ["Bibliothek", "Kita"])
    assert [(each.position, each.label) for each in seats] == [(10, "Bibliothek"), (11, "Kita")]
    places = places_on(held, area.body, area.term, day_of(now))
    assert (len(places), list(places[-1].holders)) == (11, [])


def test_a_council_has_no_seats_of_the_senate(held: Session, area: Council) -> None:
    with pytest.raises(Refused, match="segment_unknown"):
        seating.add_seats(held, area.body, "senate", [""])
    with pytest.raises(Refused, match="segment_unknown"):
        seating.change_seat(held, area.seats[0], "qm", "")


def test_a_vacant_seat_is_filled_until_the_term_ends(
    held: Session, area: Council, seat: Seat, now: datetime
) -> None:
    made = seating.fill(
        held, seat, area.term, Member(area_id=area.area.id, name="Ali"), now, source="lot"
    )
    assert (made.starts_on, made.ends_on) == (day_of(now), area.term.ends_on)
    assert (made.source, made.position) == ("lot", 1)
    assert members_on(held, area.body, area.term, day_of(now))[-1].name == "Ali"


def test_a_seat_of_a_term_to_come_is_filled_from_its_first_day(
    held: Session, area: Council, now: datetime
) -> None:
    later = Term(
        id="anger-rat-2199",
        area_id=area.area.id,
        body_id=area.body.id,
        starts_on=day_of(now).replace(year=2199),
        ends_on=day_of(now).replace(year=2201),
    )
    held.add(later)
    held.flush()
    made = seating.fill(held, area.seats[0], later, area.members[3], now)
    assert made.starts_on == later.starts_on


def test_a_seat_is_filled_once_and_shared_on_purpose(
    held: Session, area: Council, seat: Seat, person: MakeMember, now: datetime
) -> None:
    ali, mina = person("Ali"), person("Mina")
    with pytest.raises(Refused, match="seat_taken"):
        seating.fill(held, area.seats[0], area.term, ali, now)
    with pytest.raises(Refused, match="seat_vacant"):
        seating.share(held, seat, area.term, ali, now)
    shared = [seating.share(held, area.seats[0], area.term, each, now) for each in (ali, mina)]
    assert [each.position for each in shared] == [2, 3]
    names = [member.name for member in members_on(held, area.body, area.term, day_of(now))]
    assert names[:3] == ["Aylin Kara", "Ali", "Mina"]


def test_a_member_holds_one_seat(held: Session, area: Council, seat: Seat, now: datetime) -> None:
    with pytest.raises(Refused, match="member_seated"):
        seating.fill(held, seat, area.term, area.members[0], now)
    with pytest.raises(Refused, match="member_seated"):
        seating.share(held, area.seats[1], area.term, area.members[0], now)


def test_a_vacated_seat_is_empty_at_once_and_can_be_filled_again(
    held: Session, area: Council, now: datetime
) -> None:
    membership = membership_of(held, area.members[0])
    assert area.members[0] not in seating.without_seat(held, area.body, area.term, now)
    seating.vacate(held, membership, now, "moved")
    assert membership.end_reason == "moved"
    places = places_on(held, area.body, area.term, day_of(now))
    assert list(places[0].holders) == []
    assert seating.without_seat(held, area.body, area.term, now) == [area.members[0]]
    keys = select(VotingKey).where(VotingKey.member_id == area.members[0].id)
    assert held.exec(keys).all() == []
    with pytest.raises(Refused, match="already_done"):
        seating.vacate(held, membership, now)
    seating.fill(held, area.seats[0], area.term, area.members[0], now)
    assert members_on(held, area.body, area.term, day_of(now))[0] == area.members[0]


def test_only_a_vacant_seat_is_given_up_and_its_deputies_with_it(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> None:
    mina = person("Mina")
    standing_in.add_deputy(held, area.seats[0], area.term, mina, now)
    held.add(
        Card(
            area_id=area.area.id,
            member_id=mina.id,
            term_id=area.term.id,
            verifier="c" * 64,
            printed_at=now,
        )
    )
    with pytest.raises(Refused, match="seat_held"):
        seating.give_up(held, area.seats[0], now)
    seating.vacate(held, membership_of(held, area.members[0]), now)
    seating.give_up(held, area.seats[0], now)
    places = places_on(held, area.body, area.term, day_of(now))
    assert [place.seat.position for place in places] == list(range(2, 10))
    assert held.exec(select(Deputy)).one().ends_on < day_of(now)
    assert held.exec(select(Card).where(Card.member_id == mina.id)).one().revoked_at == now
    assert seating.add_seat(held, area.body, "resident", "").position == 10
    with pytest.raises(Refused, match="seat_given_up"):
        seating.fill(held, area.seats[0], area.term, mina, now)
    with pytest.raises(Refused, match="seat_given_up"):
        seating.give_up(held, area.seats[0], now)


def test_what_another_officer_did_meanwhile_is_seen(
    held: Session, area: Council, seat: Seat, now: datetime
) -> None:
    membership = membership_of(held, area.members[0])
    place = reserving.add_reserve(
        held, area.term, Member(area_id=area.area.id, name="Ole"), "resident", now
    )
    held.commit()
    with db.writing() as other:
        seating.give_up(other, other.get_one(Seat, seat.id), now)
        seating.vacate(other, other.get_one(Membership, membership.id), now, "moved")
        reserving.leave(other, other.get_one(ReservePlace, place.id), "declined", now)
    with pytest.raises(Refused, match="seat_given_up"):
        seating.fill(held, seat, area.term, Member(area_id=area.area.id, name="Ali"), now)
    with pytest.raises(Refused, match="already_done"):
        seating.vacate(held, membership, now)
    with pytest.raises(Refused, match="already_done"):
        reserving.leave(held, place, "other", now)
    assert membership.end_reason == "moved"
