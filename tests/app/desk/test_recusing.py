"""Recusals at the desk: one person at a time with a reason, and what they change."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import recusal
from app.models import Membership, Question, Recusal, Round
from app.round import preparing
from tests.app import builder
from tests.app.builder import Browser, Council


@pytest.fixture
def round_(prepared_round: Callable[..., Round]) -> Round:
    return prepared_round()


@pytest.fixture
def asked(held: Session, round_: Round) -> Question:
    return preparing.questions_of(held, round_)[0]


def recuse(browser: Browser, asked: Question, member_id: int, reason: str = "Vorstand") -> int:
    data = {"member": member_id, "reason": reason}
    return browser.post(f"/desk/questions/{asked.id}/recusals", data=data).status_code


def page(browser: Browser, round_: Round) -> str:
    return str(browser.get(f"/desk/rounds/{round_.id}").text)


def test_a_recusal_needs_a_reason_and_changes_the_figures(
    area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    before = page(moderator, round_)
    assert "Stimmberechtigt: 9 von 9 Sitzen" in before
    assert recuse(moderator, asked, area.members[0].id, reason="") == 422
    assert recuse(moderator, asked, area.members[0].id) == 303
    shown = page(moderator, round_)
    assert "Stimmberechtigt: 8 von 9 Sitzen (5 Bewohner, 3 Partner)." in shown
    assert "1 befangen" in shown
    assert "Das sind 6 von 8." in shown
    assert "vom QM-Team eingetragen: <bdi>Vorstand</bdi>" in shown


def test_what_was_typed_is_kept_and_the_recused_are_no_longer_offered(
    area: Council, moderator: Browser, asked: Question
) -> None:
    address = f"/desk/questions/{asked.id}/recusals"
    answer = moderator.post(address, data={"reason": "Im Vorstand des Vereins"})
    assert answer.status_code == 422
    assert "Im Vorstand des Vereins" in answer.text
    assert "Bitte wählen Sie eine Person aus." in answer.text
    recuse(moderator, asked, area.members[0].id)
    offered = moderator.get(address).text
    assert "Aylin Kara" not in offered
    assert "Jonas Wirth" in offered


def test_taking_it_back_lets_the_member_vote(
    held: Session, area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    recuse(moderator, asked, area.members[0].id)
    address = f"/desk/questions/{asked.id}/recusals/{area.members[0].id}/withdraw"
    assert moderator.post(address).status_code == 303
    assert held.exec(select(Recusal)).all() == []
    assert "Stimmberechtigt: 9 von 9 Sitzen" in page(moderator, round_)
    assert moderator.post(address).status_code == 409


def test_nobody_outside_the_body_is_recused(
    held: Session, moderator: Browser, asked: Question
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    for stranger in (other.members[0].id, 99999, "x"):
        assert recuse(moderator, asked, stranger) == 422
    assert held.exec(select(Recusal)).all() == []


def test_an_open_round_takes_no_recusal(
    held: Session, area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    recuse(moderator, asked, area.members[0].id)
    builder.open_round(held, round_)
    sentence = "Nicht mehr möglich. Stimmen Sie nicht ab und sagen Sie es dem QM-Team."
    address = f"/desk/questions/{asked.id}/recusals"
    answers = [
        moderator.get(address),
        moderator.post(address, data={"member": area.members[1].id, "reason": "Zu spät"}),
        moderator.post(f"{address}/{area.members[0].id}/withdraw"),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert all(sentence in answer.text for answer in answers)
    assert len(held.exec(select(Recusal)).all()) == 1


def test_a_dual_role_is_suggested_and_never_set(
    held: Session, area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    found = select(Membership).where(Membership.member_id == area.members[1].id)
    membership = held.exec(found).one()
    membership.is_dual_role, membership.dual_role = True, "Sportverein Blau"
    held.add(membership)
    shown = page(moderator, round_)
    assert "Bitte nachfragen:" in shown
    assert "Jonas Wirth arbeitet auch für: Sportverein Blau" in shown
    assert held.exec(select(Recusal)).all() == []
    offered = moderator.get(f"/desk/questions/{asked.id}/recusals").text
    assert "arbeitet auch für: Sportverein Blau" in offered
    recuse(moderator, asked, area.members[1].id)
    assert "Bitte nachfragen:" not in page(moderator, round_)


def test_leaving_the_room_is_said_where_the_rules_ask_for_it(
    held: Session, area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    recuse(moderator, asked, area.members[0].id)
    sentence = "gehen Befangene jetzt aus dem Raum"
    assert sentence not in page(moderator, round_)
    builder.change_rules(held, area, {"recusal.rule": "leaves_room"})
    assert sentence in page(moderator, round_)


def test_the_page_hears_of_a_recusal_on_a_phone(
    held: Session, area: Council, moderator: Browser, round_: Round, asked: Question
) -> None:
    address = f"/desk/rounds/{round_.id}/pulse"
    before = moderator.get(address).json["mark"]
    assert moderator.get(address).json["mark"] == before
    now = datetime.now(UTC)
    recusal.declare(held, asked, area.members[0].id, by="member", now=now)
    held.commit()
    assert moderator.get(address).json["mark"] != before


def test_the_page_hears_who_comes_and_goes(
    held: Session, area: Council, moderator: Browser, round_: Round
) -> None:
    address = f"/desk/rounds/{round_.id}/pulse"
    before = moderator.get(address).json["mark"]
    builder.set_present(held, area, area.members[:8])
    assert moderator.get(address).json["mark"] != before
