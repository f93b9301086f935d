"""The reserve list: ranks are given once, the next of the seat's group moves up."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from app.body import day_of, reserves_on
from app.errors import Refused
from app.models import Card, Member, ReservePlace, VotingKey
from app.roster import reserving, seating
from tests.app import builder
from tests.app.builder import Council

MakeMember = Callable[[str], Member]


@pytest.fixture
def listed(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> dict[str, ReservePlace]:
    """Two residents and a partner between them."""
    segments = {"Ali": "resident", "Kita": "partner", "Mina": "resident"}
    return {
        name: reserving.add_reserve(held, area.term, person(name), segment, now)
        for name, segment in segments.items()
    }


def names(held: Session, area: Council, now: datetime) -> list[str]:
    return [member.name for _place, member in reserves_on(held, area.term, day_of(now))]


def test_ranks_follow_each_other_and_are_never_given_twice(
    held: Session, area: Council, listed: dict[str, ReservePlace], person: MakeMember, now: datetime
) -> None:
    assert [place.rank for place in listed.values()] == [1, 2, 3]
    reserving.leave(held, listed["Mina"], "declined", now)
    assert names(held, area, now) == ["Ali", "Kita"]
    assert reserving.add_reserve(held, area.term, person("Ole"), "resident", now).rank == 4
    with pytest.raises(Refused, match="already_done"):
        reserving.leave(held, listed["Mina"], "declined", now)
    assert (listed["Mina"].left_on, listed["Mina"].left_reason) == (day_of(now), "declined")


def test_who_has_a_seat_or_a_place_is_not_listed(
    held: Session, area: Council, listed: dict[str, ReservePlace], now: datetime
) -> None:
    with pytest.raises(Refused, match="member_seated"):
        reserving.add_reserve(held, area.term, area.members[0], "resident", now)
    ali = held.get_one(Member, listed["Ali"].member_id)
    with pytest.raises(Refused, match="already_done"):
        reserving.add_reserve(held, area.term, ali, "resident", now)
    with pytest.raises(Refused, match="segment_unknown"):
        reserving.add_reserve(held, area.term, ali, "senate", now)


def test_the_next_of_the_group_moves_up_and_keeps_card_and_key(
    held: Session, area: Council, listed: dict[str, ReservePlace], now: datetime
) -> None:
    seat = seating.add_seat(held, area.body, "partner", "Bibliothek")
    kita = held.get_one(Member, listed["Kita"].member_id)
    builder.give_key(held, kita, area.term)
    made = reserving.move_up(held, seat, area.term, now)
    assert (made.member_id, made.source) == (kita.id, "reserve_list")
    assert (listed["Kita"].left_on, listed["Kita"].left_reason) == (day_of(now), "moved_up")
    assert names(held, area, now) == ["Ali", "Mina"]
    assert held.exec(select(Card).where(Card.member_id == kita.id)).one().revoked_at is None
    assert held.exec(select(VotingKey).where(VotingKey.member_id == kita.id)).one()


def test_nobody_is_skipped_but_who_left_the_list(
    held: Session, area: Council, listed: dict[str, ReservePlace], now: datetime
) -> None:
    seat = seating.add_seat(held, area.body, "resident", "")
    mina = held.get_one(Member, listed["Mina"].member_id)
    with pytest.raises(Refused, match="member_listed"):
        seating.fill(held, seat, area.term, mina, now)
    reserving.leave(held, listed["Ali"], "declined", now)
    assert reserving.move_up(held, seat, area.term, now).member_id == mina.id


def test_only_a_vacant_seat_and_only_with_somebody_listed(
    held: Session, area: Council, listed: dict[str, ReservePlace], now: datetime
) -> None:
    with pytest.raises(Refused, match="seat_taken"):
        reserving.move_up(held, area.seats[0], area.term, now)
    reserving.leave(held, listed["Kita"], "other", now)
    seat = seating.add_seat(held, area.body, "partner", "Bibliothek")
    with pytest.raises(Refused, match="nobody_listed"):
        reserving.move_up(held, seat, area.term, now)
