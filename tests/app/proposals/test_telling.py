"""An applicant without mail is told by letter or in the office, and the desk does not forget it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app import applicant_letter, erasure, roll_mail
from app.body import day_of
from app.models import ApplicantLetter, Decision, Proposal
from tests.app import builder, deciding
from tests.app.builder import Browser, Council


@pytest.fixture
def decision(held: Session, area: Council) -> Decision:
    """One that nobody cast in: too few ballots."""
    return deciding.decide(held, area, [])[0]


@pytest.fixture
def desk(area: Council, client_of: Callable[..., Browser]) -> Browser:
    return client_of(area.moderators[0])


def test_the_desk_says_whom_to_write(held: Session, area: Council, desk: Browser) -> None:
    decision = deciding.decide(held, area, ["yes"] * 6)[0]
    assert "1 Person mit Antrag hat keine E-Mail" in desk.get("/desk/").text
    address = f"/proposals/letters/{decision.id}"
    assert 'href="/proposals/letters"' in desk.get("/proposals/").text
    assert address in desk.get("/proposals/letters").text
    letter = desk.get(address).text
    for said in ("Guten Tag Hausgemeinschaft Anger,", "Hochbeete im Hof", "angenommen"):
        assert said in letter
    assert "1.200\u00a0€" in letter
    assert deciding.SUMMARY["de"] in letter
    assert desk.post(address, data={"via": "pigeon"}).status_code == 422
    assert desk.post(address, data={"via": "office"}).status_code == 303
    held.expire_all()
    told = held.exec(select(ApplicantLetter)).one()
    assert (told.via, told.told_at is not None) == ("office", True)
    assert "keine E-Mail" not in desk.get("/desk/").text
    assert "im Büro abgeholt" in desk.get("/proposals/letters").text
    assert desk.get(address).status_code == 409
    assert desk.post(address, data={"via": "post"}).status_code == 409


def test_an_annulled_decision_is_told_again(
    held: Session, decision: Decision, desk: Browser
) -> None:
    applicant_letter.tell(held, decision, "post", datetime.now(UTC))
    decision.annulled_at = datetime.now(UTC)
    roll_mail.tell_annulled(held, decision, "Die Liste war falsch", datetime.now(UTC))
    held.commit()
    letter = desk.get(f"/proposals/letters/{decision.id}").text
    assert "aufgehoben am" in letter
    assert "nicht ausgezählt" not in letter


def test_who_has_an_address_gets_a_mail_and_no_letter(
    held: Session, area: Council, desk: Browser
) -> None:
    question = deciding.confirmed(held, area, [])[0]
    held.get_one(Proposal, question.proposal_id).applicant_mail = "haus@example.org"
    held.commit()
    summary = {"german": "Es gibt Hochbeete.", "english": "There will be raised beds."}
    desk.post(f"/desk/questions/{question.id}/publish", data=summary)
    assert held.exec(select(ApplicantLetter)).all() == []


def test_publishing_at_the_desk_says_it_at_once(
    held: Session, area: Council, desk: Browser
) -> None:
    question = deciding.confirmed(held, area, [])[0]
    held.commit()
    summary = {"german": "Es gibt Hochbeete.", "english": "There will be raised beds."}
    answer = desk.post(f"/desk/questions/{question.id}/publish", data=summary)
    assert "per Brief Bescheid" in desk.get(answer.location).text


def test_who_was_forgotten_is_not_waited_for(
    held: Session, decision: Decision, desk: Browser
) -> None:
    proposal = held.exec(select(Proposal)).one()
    erasure.forget_applicant(held, proposal, day_of(datetime.now(UTC)))
    held.commit()
    assert "Gerade wartet niemand" in desk.get("/proposals/letters").text


def test_another_area_sees_no_letter(
    held: Session, decision: Decision, client_of: Callable[..., Browser]
) -> None:
    other = builder.build_council(held, "bruch", with_keys=False)
    stranger = client_of(other.moderators[0])
    assert stranger.get(f"/proposals/letters/{decision.id}").status_code == 404
    assert "Hochbeete" not in stranger.get("/proposals/letters").text
