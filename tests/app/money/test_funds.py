"""Funds and pots by their pages, and what everybody can read about them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import pot
from app.models import Fund, Grant, LogEntry, Pot, Proposal, Sharing
from app.round import publishing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from tests.app.money.evening import build_pot
from tests.app.money.test_granting import confirm, vote
from tests.app.money.test_table import words

YEAR = datetime.now(UTC).year


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


@pytest.fixture
def desk(jury: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(jury.moderators[0])


def entries(held: Session, kind: str) -> int:
    return len(held.exec(select(LogEntry).where(LogEntry.type == kind)).all())


def test_a_fund_begins_with_what_the_rules_say(held, jury, desk):
    page = desk.get("/money/funds/new").text
    assert 'value="10.000"' in page
    assert 'value="1.500"' in page
    sent = {"body": jury.body.id, "name": "Aktionsfonds", "cents": "12.000,50", "cap": ""}
    assert desk.post("/money/funds/new", data=sent).status_code == 303
    fund, own = held.exec(select(Fund)).one(), held.exec(select(Pot)).one()
    assert fund.slug == f"aktionsfonds-{jury.area.slug}"
    assert (own.cents, own.cap_cents, own.year) == (12_000_50, None, YEAR)
    assert entries(held, "pot_changed") == 1
    assert "Geld für ein weiteres Jahr" in desk.get("/money/").text


def test_a_pot_changes_with_a_reason_and_keeps_what_it_owes(held, jury, desk):
    own = build_pot(held, jury, 1_000_00)
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    confirm(held, jury, round_, won)
    address = f"/money/pots/{own.id}/edit"
    sent = {"cents": "1.500", "cap": "900", "reason": ""}
    assert desk.post(address, data=sent).status_code == 422
    sent["reason"] = "Der Senat gibt mehr."
    assert desk.post(address, data=sent).status_code == 303
    assert pot.available(held, held.get_one(Pot, own.id)) == 800_00
    less = desk.post(address, data=sent | {"cents": "699,99"})
    assert less.status_code == 409
    assert "Es fehlen 0,01 €." in words(less.text)
    assert "Der Senat gibt mehr." in desk.get(f"/money/pots/{own.id}").text


def test_the_next_year_has_a_pot_of_its_own(held, jury, desk):
    own = build_pot(held, jury)
    sent = {"cents": "13.000", "cap": "1.500"}
    address = f"/money/funds/{own.fund_id}/pots/new"
    assert desk.post(address, data=sent).status_code == 303
    years = held.exec(select(Pot.year).order_by(Pot.year)).all()
    assert years == [YEAR, YEAR + 1]


@pytest.mark.parametrize(("act", "state"), [("cancel", "cancelled"), ("withdraw", "withdrawn")])
def test_money_of_a_cancelled_action_is_free_again(held, jury, desk, act, state):
    own = build_pot(held, jury, 1_000_00)
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    confirm(held, jury, round_, won)
    grant = held.exec(select(Grant)).one()
    address = f"/money/grants/{grant.id}/end"
    assert "700" in desk.get(address).text
    assert desk.post(address, data={"act": "pay", "reason": "So"}).status_code == 422
    sent = {"act": act, "reason": "Der Hof wird gebaut."}
    assert desk.post(address, data=sent).status_code == 303
    assert pot.available(held, held.get_one(Pot, own.id)) == 1_000_00
    assert held.get_one(Proposal, won.proposal_id).state == state
    assert desk.post(address, data=sent).status_code == 409
    assert entries(held, "grant_changed") == 1


def test_what_was_not_needed_is_free_after_settling(held, jury, desk):
    own = build_pot(held, jury, 1_000_00)
    round_, (won,) = vote(held, jury, {"Beete": (700_00, 5)})
    confirm(held, jury, round_, won)
    grant = held.exec(select(Grant)).one()
    sent = {"cents": "612,40"}
    assert desk.post(f"/money/grants/{grant.id}/settle", data=sent).status_code == 303
    assert pot.available(held, held.get_one(Pot, own.id)) == 387_60


def test_everybody_can_add_up_the_lines(held, jury, visitor):
    own = build_pot(held, jury, 2_000_00)
    round_, (beds, feast) = vote(held, jury, {"Beete": (700_00, 5), "Fest": (400_00, 5)})
    confirm(held, jury, round_, beds, feast)
    made = publishing.publish(held, beds, deciding.SUMMARY, datetime.now(UTC))
    number = made.number
    page = words(visitor.get(f"/fonds/aktionsfonds-{jury.area.slug}/{YEAR}").text)
    assert f"Noch 900 € von 2.000 € für {YEAR}." in page
    assert "Summe 1.100 € 1.100 € 0 €" in page
    assert "Entscheidung folgt" in page
    decision = words(visitor.get(f"/entscheidung/{number}").text)
    assert "Das Geld bis heute" in decision
    assert "Reserviert 700 €" in decision
    area_page = words(visitor.get(f"/gebiet/{jury.area.slug}").text)
    assert f"Noch 900 € von 2.000 € für {YEAR}." in area_page
    assert visitor.get(f"/fonds/aktionsfonds-{jury.area.slug}/1999").status_code == 404
    assert own.cents == 2_000_00


def test_a_lot_is_entered_in_the_order_it_was_drawn(held, jury, desk):
    build_pot(held, jury, 1_000_00)
    builder.change_rules(held, jury, {"shortage.rule": "rank_yes"})
    round_, (beds, feast) = vote(held, jury, {"Beete": (600_00, 4), "Fest": (500_00, 4)})
    address = f"/money/rounds/{round_.id}/lot"
    page = words(desk.get(f"/desk/rounds/{round_.id}").text)
    assert "Es fehlen 100 €." in page
    assert "Los ziehen" in page
    twice = desk.post(address, data={beds.id: "1", feast.id: "1"})
    assert twice.status_code == 422
    assert "genau einmal" in twice.text
    assert desk.post(address, data={beds.id: "2", feast.id: "1"}).status_code == 303
    assert held.get_one(Sharing, round_.id).funded == [feast.id]
    assert desk.get(address).status_code == 409


def test_lower_sums_are_voted_in_a_second_round(held, jury, desk):
    own = build_pot(held, jury, 1_000_00)
    round_, (beds, feast) = vote(held, jury, {"Beete": (600_00, 5), "Fest": (500_00, 4)})
    page = words(desk.get(f"/desk/rounds/{round_.id}").text)
    assert "stimmt noch einmal über kleinere Summen ab" in page
    assert desk.post(f"/money/rounds/{round_.id}/again").status_code == 303
    prefix = f"p{beds.proposal_id}"
    seen = '{"cents": 60000, "conditions": [], "own_condition": {}, "is_left_out": false}'
    table = f"/money/meetings/{jury.meeting.id}/table"
    sent = {f"{prefix}-cents": "500", f"{prefix}-seen": seen}
    assert "Noch 0 €" in words(desk.post(table, data=sent, follow_redirects=True).text)
    assert desk.post(f"{table}/vote").status_code == 303
    again = held.exec(select(Sharing)).one()
    assert (again.round_id, again.funded) == (round_.id, [])
    confirm(held, jury, round_, beds, feast)
    assert pot.available(held, held.get_one(Pot, own.id)) == 1_000_00
    publishing.publish(held, beds, deciding.SUMMARY, datetime.now(UTC))
    assert held.get_one(Proposal, beds.proposal_id).state == "scheduled"
