"""What the minutes say of a vote beside its figures: who, how, with which objections and money."""

import pytest
from sqlmodel import Session, select

from app.models import (
    Fund,
    Meeting,
    NotedObjection,
    Pot,
    Question,
    Recusal,
    RollAnswer,
    Round,
    Sharing,
)
from app.proceedings import document, record
from tests.app import builder, deciding
from tests.app.builder import Council
from tests.app.minutes.test_reading import texts


def said(held: Session, meeting: Meeting, *, is_public: bool = False) -> str:
    found = record.of(held, meeting)
    made = document.for_everybody(found) if is_public else document.for_members(found)
    return " | ".join(texts(made))


@pytest.fixture
def question(held: Session, area: Council, running: Meeting) -> Question:
    """A question that was adopted, confirmed and published."""
    decision = deciding.decide(held, area, ["yes"] * 9)[0]
    return held.get_one(Question, decision.question_id)


def test_who_was_recused_stands_as_the_rules_publish_it(
    held: Session, area: Council, running: Meeting
) -> None:
    recused = area.members[1]
    builder.set_rules(held, area, deputy__mode="none", recusal__publish="name")
    deciding.decide(held, area, ["yes"] * 9, recused={1: [recused]})
    assert "Befangen | 1 Sitz. Sitz 2 (Bewohnerschaft). |" in said(held, running)
    builder.set_rules(held, area, recusal__publish="count")
    assert "Befangen | 1 Sitz. |" in said(held, running)


def test_a_consent_that_is_withdrawn_takes_the_name_out(
    held: Session, area: Council, running: Meeting
) -> None:
    recused = area.members[1]
    builder.set_rules(held, area, deputy__mode="none", recusal__publish="name")
    deciding.decide(held, area, ["yes"] * 9, recused={1: [recused]})
    held.exec(select(Recusal)).one().may_be_named = True
    recused.may_be_named = True
    held.add(recused)
    held.commit()
    assert f"Sitz 2 (Bewohnerschaft), {recused.name}." in said(held, running, is_public=True)
    recused.may_be_named = False
    held.commit()
    assert f", {recused.name}." not in said(held, running, is_public=True)


def test_a_roll_call_names_members_to_members(
    held: Session, area: Council, running: Meeting, question: Question
) -> None:
    held.get_one(Round, question.round_id).secrecy = "roll_call"
    member = area.members[2]
    row = {"area_id": area.area.id, "question_id": question.id, "member_id": member.id}
    held.add(RollAnswer(**row, answer="no"))
    held.commit()
    assert f"Wer was geantwortet hat | Name | Antwort | {member.name} | Nein" in said(held, running)
    assert "Die Abstimmung war offen, mit Namen." in said(held, running, is_public=True)
    assert "Wer was geantwortet hat" not in said(held, running, is_public=True)


def test_objections_stand_there_with_a_name_by_consent_alone(
    held: Session, area: Council, running: Meeting, question: Question
) -> None:
    for member, is_named in ((area.members[0], True), (area.members[1], False)):
        seat = area.seats[area.members.index(member)]
        held.add(
            NotedObjection(
                area_id=area.area.id,
                question_id=question.id,
                seat_id=seat.id,
                member_id=member.id,
                is_named=is_named,
                words=f"Zu schnell, sagt {seat.position}.",
                noted_at=builder.LONG_AGO,
            )
        )
    held.commit()
    for_members = said(held, running)
    assert "Sitz 1 (Bewohnerschaft), Aylin Kara: Zu schnell, sagt 1." in for_members
    assert "Sitz 2 (Bewohnerschaft): Zu schnell, sagt 2." in for_members
    in_public = said(held, running, is_public=True)
    assert "Sitz 1 (Bewohnerschaft): Zu schnell, sagt 1." in in_public
    assert "Aylin" not in in_public


@pytest.mark.parametrize(
    ("funded", "sentence"),
    [
        (True, "Das Geld ist im Topf reserviert."),
        (False, "Das Geld im Topf reicht dafür nicht."),
    ],
)
def test_whether_the_money_was_there(
    held: Session, running: Meeting, question: Question, funded: bool, sentence: str
) -> None:
    assert "Das Geld" not in said(held, running)
    _share(held, question, is_funded=funded)
    assert f"Geld | {sentence}" in said(held, running)
    told = said(held, running).replace("\u00a0", " ")
    assert "Vorher im Topf | 2.000 € | Es fehlten | 100 € | Danach im Topf | 800 €" in told
    question.state = "annulled"
    held.add(question)
    held.commit()
    assert "Das Geld" not in said(held, running)
    assert "Ergebnis | Aufgehoben" in said(held, running)


def test_conditions_and_a_repeat_are_told(
    held: Session, running: Meeting, question: Question
) -> None:
    question.conditions = [{"de": "Bis Mai fertig.", "en": "Done by May."}]
    held.get_one(Round, question.round_id).repeat_reason = "Falsche Liste"
    held.commit()
    told = said(held, running)
    assert "Auflagen: | Bis Mai fertig." in told
    assert "Es war eine Wiederholung. Grund: Falsche Liste" in told
    assert "Beantragt | 1.200 €" in told.replace("\u00a0", " ")
    assert "Alle haben gleich gestimmt. Darum zeigt das Ergebnis jede Stimme." in told


def _share(held: Session, question: Question, *, is_funded: bool) -> None:
    round_ = held.get_one(Round, question.round_id)
    here = {"area_id": question.area_id}
    fund = Fund(**here, body_id=round_.body_id, slug="topf", name="Topf")
    held.add(fund)
    held.flush()
    pot = Pot(**here, fund_id=fund.id, year=2026, cents=200_000)
    held.add(pot)
    held.flush()
    held.add(
        Sharing(
            **here,
            round_id=round_.id,
            pot_id=pot.id,
            available_cents=200_000,
            adopted_cents=120_000,
            short_cents=10_000,
            funded=[question.id] if is_funded else [],
            unfunded=[] if is_funded else [question.id],
            needs_lot=[],
            drawn=[],
            left_cents=80_000,
            shared_at=builder.LONG_AGO,
        )
    )
    held.commit()
