"""Deputies of a seat: never its body's holders, in an order, until the term ends."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, select

from app.body import day_of, people_of, places_on
from app.errors import Refused
from app.models import Card, Member
from app.roster import printing, seating, standing_in
from tests.app.builder import Council

MakeMember = Callable[[str], Member]


def names(held: Session, area: Council, now: datetime) -> list[str]:
    place = places_on(held, area.body, area.term, day_of(now))[0]
    return [member.name for _deputy, member in place.deputies]


def test_deputies_have_an_order(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> None:
    made = [
        standing_in.add_deputy(held, area.seats[0], area.term, person(name), now)
        for name in ("Ali", "Mina", "Ole")
    ]
    assert [each.ends_on for each in made] == [area.term.ends_on] * 3
    standing_in.move_deputy(held, made[2], now, up=True)
    standing_in.move_deputy(held, made[0], now, up=False)
    assert names(held, area, now) == ["Ole", "Ali", "Mina"]
    standing_in.end_deputy(held, made[0], now)
    assert names(held, area, now) == ["Ole", "Mina"]
    with pytest.raises(Refused, match="already_done"):
        standing_in.end_deputy(held, made[0], now)
    with pytest.raises(Refused, match="already_done"):
        standing_in.move_deputy(held, made[0], now, up=True)
    again = standing_in.add_deputy(
        held, area.seats[0], area.term, held.get_one(Member, made[0].member_id), now
    )
    assert names(held, area, now) == ["Ole", "Mina", "Ali"]
    assert again.id != made[0].id


def test_who_holds_a_seat_is_no_deputy_and_no_deputy_gets_a_seat(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> None:
    with pytest.raises(Refused, match="member_seated"):
        standing_in.add_deputy(held, area.seats[0], area.term, area.members[5], now)
    mina = person("Mina")
    standing_in.add_deputy(held, area.seats[0], area.term, mina, now)
    with pytest.raises(Refused, match="already_done"):
        standing_in.add_deputy(held, area.seats[0], area.term, mina, now)
    standing_in.add_deputy(held, area.seats[1], area.term, mina, now)
    seat = seating.add_seat(held, area.body, "resident", "")
    assert mina not in seating.without_seat(held, area.body, area.term, now)
    with pytest.raises(Refused, match="member_deputy"):
        seating.fill(held, seat, area.term, mina, now)


def test_a_deputy_has_a_card_until_the_last_place_in_the_term_ends(
    held: Session, area: Council, person: MakeMember, now: datetime
) -> None:
    mina = person("Mina")
    with pytest.raises(Refused, match="not_found"):
        printing.register_cards(held, area.term, {mina.id: "c" * 64}, now)
    first, second = (
        standing_in.add_deputy(held, area.seats[at], area.term, mina, now) for at in (0, 1)
    )
    printing.register_cards(held, area.term, {mina.id: "c" * 64}, now)
    card = held.exec(select(Card).where(Card.member_id == mina.id)).one()
    known = {each.member.id: each for each in people_of(held, area.term, day_of(now))}
    assert (known[mina.id].capacity, known[mina.id].seat) == ("deputy", area.seats[0])
    standing_in.end_deputy(held, first, now)
    held.refresh(card)
    assert card.revoked_at is None
    standing_in.end_deputy(held, second, now)
    held.refresh(card)
    assert card.revoked_at == now
