"""Deputies and people on the reserve list enter by their cards like holders of seats."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.models import Deputy, Member, ReservePlace
from app.roster import reserving, standing_in
from tests.app import builder


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def mina(held, area, now):
    """A deputy of a partner's seat."""
    member = Member(area_id=area.area.id, name="Mina")
    standing_in.add_deputy(held, area.seats[8], area.term, member, now)
    return member


@pytest.fixture
def ole(held, area, now):
    """The first on the reserve list."""
    member = Member(area_id=area.area.id, name="Ole")
    reserving.add_reserve(held, area.term, member, "resident", now)
    return member


def sign_in(visitor, phone):
    return visitor.post("/karte/sign-in", json={"signin": phone.sign_in_key})


def test_the_card_names_the_group_and_the_account_the_place(held, area, visitor, mina, ole):
    for member, group, place in (
        (mina, "Partner", "Vertretung, Partner"),
        (ole, "Bewohnerschaft", "Nachrückliste, Bewohnerschaft"),
    ):
        phone = builder.give_key(held, member, area.term)
        checked = visitor.post("/karte/check", json={"signin": phone.sign_in_key})
        assert checked.json["role"] == group
        assert sign_in(visitor, phone).status_code == 200
        account = " ".join(visitor.get("/account/").text.split())
        assert place in account


def test_the_round_of_the_body_is_in_the_list_and_opens_for_who_stands_in(
    held, area, visitor, mina, prepared_round
):
    phone = builder.give_key(held, mina, area.term)
    builder.set_rules(
        held,
        area,
        deputy__mode="personal",
        deputy__on_absence=True,
        deputy__on_recusal=False,
        deputy__on_vacant=False,
    )
    builder.set_present(held, area, [*area.members[:8], mina])
    round_ = prepared_round()
    sign_in(visitor, phone)
    assert round_.id in visitor.get("/booth/").text
    builder.open_round(held, round_)
    assert "Lesen und abstimmen" in visitor.get("/booth/").text


def test_the_card_ends_with_the_place(held, area, visitor, mina, ole, now):
    phones = [builder.give_key(held, each, area.term) for each in (mina, ole)]
    standing_in.end_deputy(held, held.exec(select(Deputy)).one(), now)
    reserving.leave(held, held.exec(select(ReservePlace)).one(), "moved", now)
    answers = [sign_in(visitor, phone).status_code for phone in phones]
    assert answers == [410, 410]
