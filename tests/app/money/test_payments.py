"""Money is sent from a grant: two people, in parts, and what came back; conditions are met."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import granting, pot
from app.body import day_of
from app.models import (
    Condition,
    Confirmation,
    Fund,
    Grant,
    LogEntry,
    Movement,
    Payment,
    Pot,
    Proposal,
    Question,
)
from app.round import publishing
from app.subject import Terms
from tests.app import builder
from tests.app.builder import Browser, Council
from tests.app.deciding import SUMMARY
from tests.app.money.evening import build_pot
from tests.app.money.test_granting import confirm, vote


def today() -> date:
    return day_of(datetime.now(UTC))


CONDITIONS = [{"de": "Ein Schild hängt am Beet.", "en": "A sign stands at the bed."}]


@pytest.fixture
def jury(held: Session, area: Council) -> Council:
    return builder.build_jury(held, area)


@pytest.fixture
def own(held: Session, jury: Council) -> Pot:
    return build_pot(held, jury)


@pytest.fixture
def grant(held: Session, jury: Council, own: Pot) -> Grant:
    """800 € with one condition."""
    terms = {"Chor": Terms(800_00, CONDITIONS)}
    round_, questions = vote(held, jury, {"Chor": (900_00, 5)}, **terms)
    confirm(held, jury, round_, *questions)
    return held.exec(select(Grant)).one()


@pytest.fixture
def first(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


def enter(first: Browser, grant: Grant, cents: str, **typed: str) -> int:
    form = {"cents": cents, "paid_on": today().isoformat(), "note": "Quittung 1"} | typed
    return first.post(f"/money/grants/{grant.id}/payments/new", data=form).status_code


def waiting(held: Session) -> str:
    """The address of the newest payment that waits."""
    held.expire_all()
    asked = select(Confirmation.id).where(Confirmation.act == "pay_grant")
    newest = held.exec(asked.order_by(Confirmation.id.desc())).first()
    return f"/money/payments/{newest}"


def test_a_payment_is_booked_when_another_person_agrees(
    held: Session, own: Pot, grant: Grant, first: Browser, second: Browser
) -> None:
    before = pot.available(held, own)
    assert enter(first, grant, "300") == 303
    held.expire_all()
    assert grant.paid_cents == 0
    assert "Wartet auf zweite Person" in first.get(f"/money/grants/{grant.id}").text
    address = waiting(held)
    assert f'href="{address}"' in second.get("/account/second-person").text
    shown = second.get(address).text
    assert "300\u00a0€" in shown
    assert "Quittung 1" in shown
    assert second.post(address).location == f"/money/grants/{grant.id}"
    held.expire_all()
    assert (grant.paid_cents, grant.reserved_cents) == (300_00, 500_00)
    assert pot.available(held, own) == before
    entry = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert entry is not None
    assert ('"how":"pay"' in entry.leaf, '"cents":30000' in entry.leaf) == (True, True)
    assert "Quittung" not in entry.leaf
    assert second.post(address).status_code == 409
    assert len(held.exec(select(Movement).where(Movement.act == "pay")).all()) == 1


def test_an_archive_pays_what_was_granted_and_grants_no_more(
    held: Session, area: Council, own: Pot, grant: Grant, first: Browser, second: Browser
) -> None:
    area.area.closes_on = today() - timedelta(days=1)
    held.add(area.area)
    held.commit()
    assert enter(first, grant, "300") == 303
    assert second.post(waiting(held)).status_code == 303
    held.expire_all()
    assert grant.paid_cents == 300_00
    settled = first.post(f"/money/grants/{grant.id}/settle", data={"cents": "300"})
    assert settled.status_code == 303
    more = {"cents": "9000", "reason": "Mehr Geld"}
    assert first.post(f"/money/pots/{own.id}/edit", data=more).status_code == 403


def test_nobody_pays_alone(held: Session, grant: Grant, first: Browser) -> None:
    enter(first, grant, "300")
    assert first.post(waiting(held)).status_code == 403
    held.expire_all()
    assert grant.paid_cents == 0


def test_more_than_is_reserved_is_refused(
    held: Session, grant: Grant, first: Browser, second: Browser
) -> None:
    assert enter(first, grant, "800,01") == 409
    assert enter(first, grant, "0") == 422
    assert enter(first, grant, "10", note="") == 422
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert enter(first, grant, "10", paid_on=tomorrow) == 422
    assert held.exec(select(Payment)).all() == []
    for cents in ("500", "400"):
        assert enter(first, grant, cents) == 303
    asked = held.exec(select(Payment.confirmation_id).order_by(Payment.confirmation_id)).all()
    answers = [second.post(f"/money/payments/{each}").status_code for each in asked]
    assert answers == [303, 409]
    held.expire_all()
    assert grant.paid_cents == 500_00


def test_what_was_not_used_comes_back(
    held: Session, own: Pot, grant: Grant, first: Browser, second: Browser
) -> None:
    enter(first, grant, "800")
    second.post(waiting(held))
    address = f"/money/grants/{grant.id}/repayments/new"
    assert first.get(address).status_code == 409
    granting.settle(held, grant, 650_00, datetime.now(UTC))
    held.commit()
    before = pot.available(held, own)
    assert "150\u00a0€" in first.get(address).text
    assert first.post(address, data={"cents": "200", "note": "Auszug"}).status_code == 409
    answer = first.post(address, data={"cents": "150", "note": "Auszug 3"})
    assert answer.status_code == 303
    held.expire_all()
    assert (grant.paid_cents, grant.due_cents) == (650_00, 0)
    assert pot.available(held, own) == before + 150_00
    assert "Auszug 3" in first.get(f"/money/grants/{grant.id}").text


def test_a_condition_has_a_day_and_is_ticked_off(
    held: Session, grant: Grant, first: Browser, visitor: Browser
) -> None:
    page, address = f"/money/grants/{grant.id}", f"/money/grants/{grant.id}/conditions"
    assert "Ein Schild hängt am Beet." in first.get(page).text
    broken = first.post(address, data={"position": "0", "c0-due_on": "2027-02-31"})
    assert broken.status_code == 422
    assert "2027-02-31" in broken.text
    first.post(address, data={"position": "0", "c0-due_on": "2027-03-01"})
    stored = held.get_one(Condition, (grant.question_id, 0))
    assert (stored.due_on, stored.met_on) == (date(2027, 3, 1), None)
    first.post(address, data={"position": "0", "c0-due_on": "2027-03-01", "c0-is_met": "y"})
    held.expire_all()
    assert stored.met_on == today()
    assert "Erfüllt seit" in first.get(page).text
    question = held.get_one(Question, grant.question_id)
    decision = publishing.publish(held, question, SUMMARY, datetime.now(UTC))
    held.commit()
    public = visitor.get(f"/entscheidung/{decision.number}").text
    assert "Fällig am" in public
    assert "Erfüllt seit" in public
    assert first.post(address, data={"position": "1"}).status_code == 404


def test_a_grant_is_completed_when_nothing_is_left(
    held: Session, own: Pot, grant: Grant, first: Browser, second: Browser, visitor: Browser
) -> None:
    page, address = f"/money/grants/{grant.id}", f"/money/grants/{grant.id}/complete"
    assert first.get(address).status_code == 409
    enter(first, grant, "500")
    second.post(waiting(held))
    granting.settle(held, grant, 650_00, datetime.now(UTC))
    held.commit()
    shown = first.get(page).text
    assert "noch nicht ausgezahlt: 150\u00a0€" in shown
    assert "1 Auflage ist nicht als erfüllt eingetragen" in shown
    enter(first, grant, "150")
    second.post(waiting(held))
    assert first.post(address).status_code == 409
    first.post(f"{page}/conditions", data={"position": "0", "c0-is_met": "y"})
    assert address in first.get(page).text
    left = pot.available(held, own)
    assert "650\u00a0€" in first.get(address).text
    assert first.post(address).status_code == 303
    held.expire_all()
    assert (grant.state, pot.available(held, own)) == ("completed", left)
    assert held.get_one(Proposal, grant.proposal_id).state == "completed"
    entry = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert entry is not None
    assert '"how":"complete"' in entry.leaf
    assert first.post(address).status_code == 409
    assert first.post(f"{page}/conditions", data={"position": "0"}).status_code == 409
    fund = held.get_one(Fund, own.fund_id)
    assert "Abgeschlossen" in visitor.get(f"/fonds/{fund.slug}/{own.year}").text


def test_an_ended_grant_is_completed_without_its_conditions(
    held: Session, grant: Grant, first: Browser
) -> None:
    granting.end(held, grant, "cancel", datetime.now(UTC), "Der Chor ist aufgelöst")
    held.commit()
    assert first.post(f"/money/grants/{grant.id}/complete").status_code == 303
    held.expire_all()
    assert grant.state == "completed"
    assert held.get_one(Proposal, grant.proposal_id).state == "cancelled"
