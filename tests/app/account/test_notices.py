""" "Nachrichten": who has no mail address reads in the account what others are told by mail."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlmodel import Session, select

from app import objection
from app.models import Body, Decision, Mail, Meeting, MeetingInvitation
from app.round import annulling, confirming
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

LOST = ["yes"] * 3 + ["no"] * 2


def test_what_was_decided_stands_there_without_a_mail(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    member = area.members[0]
    phone = client_of(member)
    assert "Noch gibt es keine Nachricht" in phone.get("/account/").text
    assert "Noch gibt es keine Nachricht" in phone.get("/account/notices").text
    decision = deciding.decide(held, area, LOST)[0]
    assert held.exec(select(Mail)).all() == []
    for page in ("/account/", "/account/notices"):
        shown = phone.get(page).text
        assert "Das Ergebnis ist da: abgelehnt" in shown
        assert f"/entscheidung/{decision.number}" in shown
        assert "1.200" not in shown


def test_only_of_votes_that_one_was_entitled_to(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    jury = builder.build_jury(held, area)
    builder.set_rules(held, area, deputy__mode="none")
    deciding.decide(held, area, [], recused={1: [area.members[1]]})
    for member in (area.members[1], jury.members[0]):
        assert "Das Ergebnis ist da" not in client_of(member).get("/account/notices").text


def test_objections_answers_and_the_end_of_a_decision_follow(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    builder.change_rules(held, area, {"annul.by": "officers", "objection.days": 14})
    decision = deciding.decide(held, area, [])[0]
    now = datetime.now(UTC)
    made = objection.make(
        held, decision, reason="Die Liste war falsch", now=now, member=area.members[2]
    )
    held.commit()
    phone = client_of(area.members[0])
    shown = phone.get("/account/notices").text
    assert "Es gibt einen Einwand" in shown
    assert "Die Liste war falsch" not in shown
    assert "ist beantwortet" not in shown
    objection.answer(held, made, "Sie war richtig.", area.moderators[0], now)
    _annul(held, area, decision, now)
    shown = phone.get("/account/notices").text
    assert "Der Einwand ist beantwortet" in shown
    assert "Die Entscheidung ist aufgehoben" in shown


def _annul(held: Session, area: Council, decision: Decision, now: datetime) -> None:
    first, second = area.moderators
    asked = annulling.request(held, decision, reason="Liste", vote_id=None, officer=first, now=now)
    confirming.confirm(held, asked, second, now)
    held.commit()


def test_who_is_invited_by_letter_reads_it_too(
    held: Session, area: Council, client_of: Callable[..., Browser]
) -> None:
    member, now = area.members[0], datetime.now(UTC)
    meeting = held.get_one(Meeting, area.meeting.id)
    held.add(
        MeetingInvitation(
            area_id=area.area.id,
            meeting_id=meeting.id,
            member_id=member.id,
            via="letter",
            invited_at=now,
            sent_at=now,
        )
    )
    held.commit()
    phone = client_of(member)
    shown = phone.get("/account/notices").text
    assert "Einladung zur Sitzung am" in shown
    assert held.get_one(Body, meeting.body_id).name in shown
    assert f"/meetings/{meeting.id}" in shown
    meeting.state, meeting.cancelled_at = "cancelled", now
    held.commit()
    assert "ist abgesagt" in phone.get("/account/notices").text


def test_officers_have_none(area: Council, client_of: Callable[..., Browser]) -> None:
    desk = client_of(area.moderators[0])
    assert desk.get("/account/notices").status_code == 403
    assert "Nachrichten" not in desk.get("/account/").text
