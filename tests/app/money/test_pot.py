"""What a pot holds: every event a row, and the rows add up."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import pot
from app.errors import Refused
from app.models import Grant, Movement, Pot, Proposal
from app.round import preparing
from tests.app import builder
from tests.app.builder import Council
from tests.app.money.evening import build_pot

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


@pytest.fixture
def granted(held: Session, jury: Council) -> Callable[..., Grant]:
    """`granted(pot, cents)`: a new grant for a question of its own."""

    def grant(own: Pot, cents: int, requested: int | None = None) -> Grant:
        proposal = builder.build_proposal(held, jury, "Beete", requested or cents)
        round_ = preparing.prepare(
            held, body=jury.body, meeting=jury.meeting, proposals=[proposal], now=NOW
        )
        question = preparing.questions_of(held, round_)[0]
        made = Grant(
            area_id=own.area_id, pot_id=own.id, question_id=question.id, proposal_id=proposal.id
        )
        pot.approve(held, own, made, cents, requested or cents, NOW)
        return made

    return grant


def check_sums(held: Session, own: Pot) -> None:
    """Pot, reserved and paid money are what the rows say, and never more than there is."""
    rows = held.exec(select(Movement).where(Movement.pot_id == own.id).order_by(Movement.n)).all()
    book = pot.ledger(held, own)
    assert sum(each.pot_change for each in rows) == book.pot == own.cents
    assert sum(each.reserved_change for each in rows) == book.reserved
    assert sum(each.paid_change for each in rows) == book.paid
    assert book.available == book.pot - book.reserved - book.paid >= 0
    assert [each.n for each in rows] == list(range(1, len(rows) + 1))


def test_mehringplatz_2020_is_never_overdrawn(held, jury, granted):
    own = build_pot(held, jury, 10_000_00, 1_500_00)

    def left() -> int:
        check_sums(held, own)
        return pot.available(held, own)

    first = [granted(own, each * 100) for each in (1097, 1495, 1500, 1500, 1112, 921, 1425)]
    assert left() == 950_00
    pot.book(held, first[2], "cancel", NOW)
    assert left() == 2_450_00
    pot.book(held, first[0], "withdraw", NOW)
    pot.book(held, first[5], "withdraw", NOW)
    assert left() == 4_468_00
    for each in (1369, 1500, 1238):
        granted(own, each * 100)
    assert left() == 361_00
    with pytest.raises(Refused) as refused:
        granted(own, 497_00)
    assert (refused.value.code, refused.value.facts["sum"].replace("\u00a0", " ")) == (
        "pot_short",
        "136 €",
    )
    held.rollback()


def test_what_comes_back_can_be_given_again(held, jury, granted):
    own = build_pot(held, jury, 1_856_00, 1_500_00)
    grant = granted(own, 1_495_00)
    pot.book(held, grant, "pay", NOW, cents=1_495_00)
    assert pot.available(held, own) == 361_00
    pot.book(held, grant, "settle", NOW, cents=1_245_00)
    assert (grant.due_cents, pot.available(held, own)) == (250_00, 361_00)
    pot.book(held, grant, "repay", NOW, cents=250_00)
    assert pot.available(held, own) == 611_00
    granted(own, 497_00)
    assert pot.available(held, own) == 114_00
    check_sums(held, own)


@pytest.mark.parametrize(
    ("cents", "requested", "code"),
    [
        (601_00, 600_00, "above_request"),
        (600_01, 700_00, "above_cap"),
        (500_01, 501_00, "pot_short"),
    ],
)
def test_a_grant_keeps_to_request_cap_and_pot(held, jury, granted, cents, requested, code):
    own = build_pot(held, jury, 500_00, 600_00)
    held.commit()
    with pytest.raises(Refused, match=code):
        granted(own, cents, requested)


def test_a_pot_never_holds_less_than_it_owes(held, jury, granted):
    own = build_pot(held, jury, 1_000_00)
    granted(own, 700_00)
    pot.change(held, own, 700_00, NOW, "Weniger Geld vom Senat")
    assert pot.available(held, own) == 0
    with pytest.raises(Refused, match="pot_short"):
        pot.change(held, own, 699_99, NOW, "Noch weniger")
    check_sums(held, own)


def test_money_ends_once(held, jury, granted):
    own = build_pot(held, jury, 1_000_00)
    grant = granted(own, 700_00)
    pot.book(held, grant, "annul", NOW, reason="Die Liste war falsch")
    assert (grant.state, pot.available(held, own)) == ("ended", 1_000_00)
    with pytest.raises(Refused, match="wrong_state"):
        pot.book(held, grant, "cancel", NOW)
    check_sums(held, own)
    assert held.get_one(Proposal, grant.proposal_id).requested_cents == 700_00
