"""A decision is annulled by two people, with a reason and by rule a vote; its page stays."""

import json
from datetime import timedelta

import pytest
from sqlmodel import select

from app.models import Confirmation, Decision, LogEntry, Mail, Proposal, Question
from app.round import announcing, preparing
from tests.app import builder, deciding
from tests.app.logged import told
from tests.app.public.reading import read

REASON = "Der Antrag nannte eine falsche Summe."


def ask(client, decision, **typed):
    return client.post(f"/desk/decisions/{decision.id}/annul", data={"reason": REASON, **typed})


def agree(held, client):
    asked = held.exec(select(Confirmation).order_by(Confirmation.id.desc())).first()
    return client.post(f"/desk/confirmations/{asked.id}")


@pytest.fixture
def first(area, client_of):
    return client_of(area.moderators[0])


def test_two_people_annul_and_the_page_stays(held, first, second, visitor, decision):
    page = read(first, f"/desk/decisions/{decision.id}/annul")
    assert "Der Antrag A-2026-1 ist wieder zugelassen." in page
    assert ask(first, decision).status_code == 303
    assert "Aufgehoben" not in read(visitor, f"/entscheidung/{decision.number}")
    assert agree(held, second).status_code == 303
    shown = read(visitor, f"/entscheidung/{decision.number}")
    assert "Aufgehoben am" in shown
    assert REASON in shown
    assert "Stand: Über den Antrag kann neu abgestimmt werden" in shown
    assert shown.index("Aufgehoben am") < shown.rindex("Hochbeete im Hof:")
    assert "Ja 7 Nein 2" in shown
    question = held.get_one(Question, decision.question_id)
    assert question.state == "annulled"
    assert 'class="verdict still"' in first.get(f"/desk/rounds/{question.round_id}").text
    assert held.exec(select(Proposal.state)).one() == "admitted"
    assert "Aufgehoben" in read(visitor, "/gebiet/anger/entscheidungen")


def test_after_half_an_hour_nobody_agrees_any_more(held, first, second, decision):
    ask(first, decision)
    asked = held.exec(select(Confirmation).order_by(Confirmation.id.desc())).first()
    asked.requested_at -= timedelta(minutes=30)
    held.commit()
    assert agree(held, second).status_code == 409
    assert held.get_one(Question, decision.question_id).state == "published"


def test_it_is_told_in_the_log_and_to_the_roll(held, area, first, second, decision):
    area.members[0].mail = "aylin@example.org"
    held.add(area.members[0])
    ask(first, decision)
    agree(held, second)
    entry = held.exec(select(LogEntry).where(LogEntry.type == "annulled")).one()
    assert told(held, entry) == {
        "decision": decision.number,
        "question": decision.question_id,
        "reason": REASON,
        "vote": None,
    }
    mail = held.exec(select(Mail)).one()
    assert mail.recipient == "aylin@example.org"
    assert REASON in mail.body


def test_alone_nobody_annuls(held, first, decision):
    ask(first, decision)
    assert agree(held, first).status_code == 403
    assert held.get_one(Question, decision.question_id).state == "published"


def test_without_a_reason_nothing_is_asked(held, first, decision):
    answer = first.post(f"/desk/decisions/{decision.id}/annul", data={"reason": ""})
    assert answer.status_code == 422
    asked = select(Confirmation).where(Confirmation.act == "annul_decision")
    assert held.exec(asked).all() == []


def test_it_happens_once(held, first, second, decision):
    ask(first, decision)
    ask(first, decision)
    asked = held.exec(select(Confirmation.id).where(Confirmation.act == "annul_decision")).all()
    answers = [second.post(f"/desk/confirmations/{each}").status_code for each in asked]
    assert answers == [303, 409]
    assert ask(first, decision).status_code == 409
    assert len(held.exec(select(LogEntry).where(LogEntry.type == "annulled")).all()) == 1


def test_an_empty_rule_is_named(first, decide):
    decision = decide(annul__by=None)
    answer = ask(first, decision)
    assert answer.status_code == 409
    assert "Wer darf einen Beschluss aufheben?" in answer.text


def body_agrees(held, area, choices=("yes",) * 9):
    """The body votes on a question of its own, after the decision."""
    round_ = builder.prepare_round(held, area)
    for question in preparing.questions_of(held, round_):
        question.matter, question.proposal_id = "other", None
        question.title = {"de": "Beschluss aufheben", "en": "Annul the decision"}
    held.commit()
    deciding.close_prepared(held, area, round_, choices)
    question = deciding.count(held, round_)[0]
    deciding.confirm(held, area, round_, question)
    held.commit()
    return question


def test_by_rule_the_body_votes_first(held, area, first, second, visitor, decide):
    decision = decide(annul__by="body", majority__other="more_than_half")
    assert "Erst muss das Gremium zustimmen" in read(first, f"/desk/decisions/{decision.id}/annul")
    assert ask(first, decision).status_code == 409
    vote = body_agrees(held, area)
    assert "Beschluss aufheben" in read(first, f"/desk/decisions/{decision.id}/annul")
    assert ask(first, decision, vote="").status_code == 422
    assert ask(first, decision, vote=decision.question_id).status_code == 422
    assert ask(first, decision, vote=vote.id).status_code == 303
    assert agree(held, second).status_code == 303
    entry = held.exec(select(LogEntry).where(LogEntry.type == "annulled")).one()
    assert json.loads(entry.leaf)["public"]["vote"] == vote.id
    assert "Aufgehoben am" in read(visitor, f"/entscheidung/{decision.number}")


def test_a_lost_vote_of_the_body_is_not_offered(held, area, first, decide):
    decision = decide(annul__by="body", majority__other="more_than_half")
    body_agrees(held, area, ("no",) * 9)
    assert "Erst muss das Gremium zustimmen" in read(first, f"/desk/decisions/{decision.id}/annul")


def test_rules_are_not_annulled(held, area, first, decide):
    decide()
    builder.set_rules(held, area, majority__other="more_than_half")
    draft = builder.build_rules_draft(held, area, {"quorum.rule": "half"})
    round_ = preparing.prepare_rules(
        held, body=area.body, meeting=area.meeting, rules=draft, now=builder.LONG_AGO
    )
    announcing.announce(held, round_, builder.LONG_AGO)
    held.commit()
    made = deciding.finish(held, area, round_, ["yes"] * 9)
    answer = ask(first, made)
    assert answer.status_code == 409
    assert "neue Fassung" in answer.text


def test_a_speaker_is_the_second_person(held, area, first, client_of, decision):
    builder.make_speaker(held, area, area.members[3])
    ask(first, decision)
    assert agree(held, client_of(area.members[3])).status_code == 303
    assert held.exec(select(Decision.annulled_at)).one() is not None
