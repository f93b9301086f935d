"""The desk's pages of a round, from the draft to the published decision."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.models import (
    Confirmation,
    Decision,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
    VotingKey,
)
from app.round import closing, counting, preparing
from app.text import BERLIN
from tests.app import builder, deciding
from tests.app.builder import Browser, Council

OFFICE = "Der Betreiber könnte einzelne Stimmen öffnen."


@pytest.fixture
def draft(held: Session, area: Council) -> Round:
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    now = datetime.now(UTC)
    round_ = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now
    )
    held.commit()
    return round_


def page(browser: Browser, round_: Round) -> str:
    answer = browser.get(f"/desk/rounds/{round_.id}")
    assert answer.status_code == 200
    return str(answer.text)


def question(held: Session, round_: Round) -> Question:
    return preparing.questions_of(held, round_)[0]


def let_vote(held: Session, council: Council, round_: Round, *choices: str) -> None:
    deciding.let_cast(held, council, round_, zip(council.members, choices, strict=False))
    held.expire_all()


def reread(held: Session, round_: Round) -> Round:
    held.expire_all()
    return held.get_one(Round, round_.id)


def test_a_draft_is_drafted_from_chosen_proposals(
    held: Session, area: Council, moderator: Browser
) -> None:
    first = builder.build_proposal(held, area, "Hochbeete im Hof")
    second_one = builder.build_proposal(held, area, "Fest am Anger")
    address = f"/desk/meetings/{area.meeting.id}/rounds"
    answer = moderator.post(address, data={"proposals": [first.id, second_one.id]})
    made = held.exec(select(Round)).one()
    assert (answer.status_code, answer.location) == (303, f"/desk/rounds/{made.id}")
    assert [each.proposal_id for each in preparing.questions_of(held, made)] == [
        first.id,
        second_one.id,
    ]
    again = moderator.post(address, data={"proposals": [first.id]})
    assert again.status_code == 422
    assert len(held.exec(select(Round)).all()) == 1


def test_a_round_without_questions_is_not_drafted(
    held: Session, area: Council, moderator: Browser
) -> None:
    builder.build_proposal(held, area, "Hochbeete im Hof")
    answer = moderator.post(f"/desk/meetings/{area.meeting.id}/rounds", data={})
    assert answer.status_code == 422
    assert "mindestens einen Antrag" in answer.text
    assert held.exec(select(Round)).all() == []


def test_the_draft_says_what_it_needs(moderator: Browser, draft: Round) -> None:
    shown = page(moderator, draft)
    assert "Soll der Antrag A-2026-1 „Hochbeete im Hof“ 1.200\u00a0€ bekommen?" in shown
    assert "Stimmberechtigt: 9 von 9 Sitzen" in shown
    assert "9 von 9 da. Nötig: 6. Beschlussfähig." in shown
    assert "Nötig sind 6 Ja-Stimmen." in shown
    assert "Das sind 6 von 9." in shown
    assert "Das ist endgültig." in shown
    assert OFFICE in shown


def test_a_missing_rule_is_named_and_there_is_no_button(
    held: Session, area: Council, moderator: Browser, draft: Round
) -> None:
    rules = held.get_one(RulesOfProcedure, area.rules.id)
    rules.parameters = {
        name: value for name, value in rules.parameters.items() if name != "majority.base"
    }
    held.add(rules)
    shown = page(moderator, draft)
    assert "Wovon wird die Mehrheit berechnet?" in shown
    assert f"/roster/bodies/{area.body.id}/rules/interview/" in shown
    assert f"/desk/rounds/{draft.id}/announce" not in shown
    answer = moderator.post(f"/desk/rounds/{draft.id}/announce")
    assert answer.status_code == 409
    assert "Wovon wird die Mehrheit berechnet?" in answer.text
    assert reread(held, draft).state == "draft"


def test_announced_the_page_leads_to_opening(
    held: Session, area: Council, moderator: Browser, draft: Round
) -> None:
    answer = moderator.post(f"/desk/rounds/{draft.id}/announce")
    assert answer.status_code == 303
    shown = page(moderator, draft)
    assert "Prüfen und öffnen" in shown
    assert "Alle auf der Liste haben einen Wahlschlüssel." in shown
    assert moderator.post(f"/desk/rounds/{draft.id}/announce").status_code == 409


def test_who_has_no_key_is_named_at_the_desk(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    for member in area.members[:2]:
        key = held.exec(select(VotingKey).where(VotingKey.member_id == member.id)).one()
        held.delete(key)
    for shown in (
        page(moderator, round_),
        moderator.get(f"/desk/rounds/{round_.id}/open").text,
    ):
        assert "2 Mitglieder auf der Liste haben noch keinen Schlüssel." in shown
        assert "Aylin Kara, Jonas Wirth" in shown


def test_without_quorum_there_is_a_reason_and_no_way_to_open(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    gone = {"left": [member.id for member in area.members[5:]]}
    moderator.post(f"/desk/meetings/{area.meeting.id}/attendance", data=gone)
    shown = page(moderator, round_)
    assert "Das Gremium ist nicht beschlussfähig." in shown
    assert f"/desk/rounds/{round_.id}/open" not in shown
    check = moderator.get(f"/desk/rounds/{round_.id}/open").text
    assert "Noch lässt sich keine Frage öffnen." in check
    assert 'name="closes_at"' not in check
    assert moderator.post(f"/desk/rounds/{round_.id}/open", data={}).status_code == 409
    assert reread(held, round_).state == "announced"


def test_opening_has_a_check_page(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    check = moderator.get(f"/desk/rounds/{round_.id}/open").text
    assert "Das ist endgültig" in check
    assert "Regeln: Fassung 1" in check
    assert moderator.post(f"/desk/rounds/{round_.id}/open", data={}).status_code == 303
    assert reread(held, round_).state == "open"
    assert "0 von 9 haben abgestimmt" in page(moderator, round_)


def test_an_end_is_read_in_berlin_time(
    held: Session, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    round_ = prepared_round()
    end = (datetime.now(UTC) + timedelta(days=3)).replace(second=0, microsecond=0)
    local = end.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")
    answer = moderator.post(f"/desk/rounds/{round_.id}/open", data={"closes_at": local})
    assert answer.status_code == 303
    assert reread(held, round_).closes_at == end


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2020-01-01T10:00", "Das Ende muss in den nächsten 60 Tagen liegen."),
        ("2190-01-01T10:00", "Das Ende muss in den nächsten 60 Tagen liegen."),
        ("gleich", "Dieser Zeitpunkt ist nicht lesbar."),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    held: Session,
    moderator: Browser,
    prepared_round: Callable[..., Round],
    typed: str,
    sentence: str,
) -> None:
    round_ = prepared_round()
    answer = moderator.post(f"/desk/rounds/{round_.id}/open", data={"closes_at": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert reread(held, round_).state == "announced"


def test_the_open_page_shows_a_bare_number(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    let_vote(held, area, round_, "yes", "no")
    shown = page(moderator, round_)
    assert "2 von 9 haben abgestimmt" in shown
    assert "Aylin Kara" not in shown
    assert "Letzter Aufruf: 20 Sekunden" in shown
    assert "Abstimmung schließen" not in shown
    pulse = moderator.get(f"/desk/rounds/{round_.id}/pulse")
    assert pulse.json["turnout"] == "2 von 9 haben abgestimmt"
    assert set(pulse.json) == {"turnout", "mark"}
    same = moderator.get(
        f"/desk/rounds/{round_.id}/pulse", headers={"If-None-Match": pulse.headers["ETag"]}
    )
    assert same.status_code == 304
    let_vote(held, area, round_, "yes", "no", "yes")
    fresh = moderator.get(
        f"/desk/rounds/{round_.id}/pulse", headers={"If-None-Match": pulse.headers["ETag"]}
    )
    assert (fresh.status_code, fresh.json["mark"]) == (200, pulse.json["mark"])


def test_closing_waits_until_every_key_has_cast(
    held: Session, area: Council, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    let_vote(held, area, round_, *["yes"] * 8)
    assert moderator.post(f"/desk/rounds/{round_.id}/close").status_code == 409
    assert reread(held, round_).state == "open"
    mark = moderator.get(f"/desk/rounds/{round_.id}/pulse").json["mark"]
    let_vote(held, area, round_, *["yes"] * 9)
    assert moderator.get(f"/desk/rounds/{round_.id}/pulse").json["mark"] != mark
    assert "Abstimmung schließen" in page(moderator, round_)
    assert moderator.post(f"/desk/rounds/{round_.id}/close").status_code == 303
    assert reread(held, round_).state == "closed"
    assert "Die Stimmen werden ausgezählt" in page(moderator, round_)
    assert moderator.post(f"/desk/rounds/{round_.id}/close").status_code == 409


def test_a_last_call_is_shown_with_its_end(
    held: Session, moderator: Browser, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    assert moderator.post(f"/desk/rounds/{round_.id}/last-call").status_code == 303
    called = reread(held, round_)
    assert called.closes_at - called.last_call_at == closing.LAST_CALL
    shown = page(moderator, round_)
    ends = called.closes_at.astimezone(BERLIN).strftime("%H:%M:%S")
    assert f"Letzter Aufruf bis {ends}." in shown
    assert f"/desk/rounds/{round_.id}/last-call" not in shown
    assert "Abstimmung schließen" not in shown
    called.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    held.add(called)
    assert "Der letzte Aufruf ist um." in page(moderator, round_)
    assert moderator.post(f"/desk/rounds/{round_.id}/close").status_code == 303
    assert reread(held, round_).state == "closed"


def test_closing_early_takes_a_second_person(
    held: Session,
    area: Council,
    moderator: Browser,
    second: Browser,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round()
    assert "endgültig" in moderator.get(f"/desk/rounds/{round_.id}/close-early").text
    empty = moderator.post(f"/desk/rounds/{round_.id}/close-early", data={"reason": " "})
    assert empty.status_code == 422
    asked = moderator.post(f"/desk/rounds/{round_.id}/close-early", data={"reason": "Feueralarm"})
    assert asked.status_code == 303
    confirmation = held.exec(select(Confirmation)).one()
    address = f"/desk/confirmations/{confirmation.id}"
    own = moderator.get("/desk/").text
    assert "Wartet auf zweite Person" in own
    assert address not in own
    assert moderator.post(address).status_code == 403
    assert reread(held, round_).state == "open"
    other = second.get("/desk/").text
    assert "Feueralarm" in other
    assert address in other
    assert second.post(address).status_code == 303
    assert reread(held, round_).state == "closed"
    assert "Feueralarm" in page(moderator, round_)
    assert second.post(address).status_code == 409


def test_a_request_runs_out_after_half_an_hour(
    held: Session,
    moderator: Browser,
    second: Browser,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round()
    moderator.post(f"/desk/rounds/{round_.id}/close-early", data={"reason": "Feueralarm"})
    confirmation = held.exec(select(Confirmation)).one()
    confirmation.requested_at -= timedelta(minutes=31)
    held.add(confirmation)
    held.commit()
    assert "Feueralarm" not in second.get("/desk/").text
    assert second.post(f"/desk/confirmations/{confirmation.id}").status_code == 409
    assert reread(held, round_).state == "open"


def test_a_round_is_abandoned_with_a_reason(
    held: Session,
    moderator: Browser,
    second: Browser,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round()
    moderator.post(f"/desk/rounds/{round_.id}/void", data={"reason": "Falsche Liste"})
    second.post(f"/desk/confirmations/{held.exec(select(Confirmation)).one().id}")
    assert reread(held, round_).state == "void"
    shown = page(moderator, round_)
    assert "Diese Abstimmung ist ungültig" in shown
    assert "Falsche Liste" in shown
    assert held.exec(select(Proposal)).one().state == "admitted"


def test_from_the_count_to_the_published_decision(
    held: Session,
    area: Council,
    moderator: Browser,
    second: Browser,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round()
    let_vote(held, area, round_, *["yes"] * 6, "no", "no", "abstain")
    moderator.post(f"/desk/rounds/{round_.id}/close")
    round_id = round_.id
    held.commit()
    counting.count_round(round_id)
    asked = question(held, round_)
    shown = page(moderator, round_)
    assert "angenommen" in shown
    assert "Das sind 6 von 9. Es waren 6." in shown
    assert moderator.get(f"/desk/questions/{asked.id}/publish").status_code == 409
    assert moderator.post(f"/desk/questions/{asked.id}/confirm").status_code == 303
    assert "Wartet auf die Bestätigung" in page(moderator, round_)
    confirmation = held.exec(select(Confirmation)).one()
    assert moderator.post(f"/desk/confirmations/{confirmation.id}").status_code == 403
    assert second.post(f"/desk/confirmations/{confirmation.id}").status_code == 303
    assert "Zusammenfassen und veröffentlichen" in page(moderator, round_)
    address = f"/desk/questions/{asked.id}/publish"
    form = moderator.get(address).text
    assert "Das ist endgültig." in form
    assert "Zusammenfassung des QM-Teams" in form
    summary = {"german": "Es gibt Hochbeete.", "english": ""}
    assert moderator.post(address, data=summary).status_code == 422
    published = moderator.post(address, data=summary | {"english": "There will be beds."})
    assert published.status_code == 303
    decision = held.exec(select(Decision)).one()
    assert decision.summary == {"de": "Es gibt Hochbeete.", "en": "There will be beds."}
    shown = page(moderator, round_)
    assert f"/entscheidung/{decision.year}-{decision.n}" in shown
    assert f"/desk/rounds/{round_.id}/void" not in shown
    assert moderator.post(address, data=summary).status_code in (409, 422)
    assert len(held.exec(select(Decision)).all()) == 1


def test_a_box_that_stays_closed_is_confirmed_and_published_too(
    held: Session,
    area: Council,
    moderator: Browser,
    second: Browser,
    open_round: Callable[..., Round],
) -> None:
    round_ = open_round(closes_at=datetime.now(UTC) + timedelta(seconds=1))
    let_vote(held, area, round_, "yes", "no")
    round_id = round_.id
    closing.end(held, held.get_one(Round, round_id), datetime.now(UTC), "end")
    held.commit()
    counting.count_round(round_id)
    asked = question(held, round_)
    shown = page(moderator, round_)
    assert "Es waren weniger als 5 Stimmen." in shown
    assert "Es waren 1." not in shown
    moderator.post(f"/desk/questions/{asked.id}/confirm")
    second.post(f"/desk/confirmations/{held.exec(select(Confirmation)).one().id}")
    summary = {"german": "Zu wenige Stimmen.", "english": "Too few votes."}
    published = moderator.post(f"/desk/questions/{asked.id}/publish", data=summary)
    assert published.status_code == 303
    decision = held.exec(select(Decision)).one()
    assert decision.page["outcome"] == "too_few_ballots"
    assert decision.page["yes"] is None


def test_a_question_taken_out_says_why(
    held: Session, area: Council, moderator: Browser, prepared_round: Callable[..., Round]
) -> None:
    recused = {2: area.members[:5]}
    round_ = prepared_round(questions=2, recused=recused)
    check = moderator.get(f"/desk/rounds/{round_.id}/open").text
    assert "Auf der Liste stehen 4." in check
    assert "wird herausgenommen" in check
    answer = moderator.post(f"/desk/rounds/{round_.id}/open", data={}, follow_redirects=True)
    assert "1 Frage wurde herausgenommen." in answer.text
    assert "müssen es 5 sein." in answer.text


def test_every_page_speaks_english(
    moderator: Browser, area: Council, open_round: Callable[..., Round]
) -> None:
    round_ = open_round()
    assert 'lang="en"' in moderator.get(f"/en/desk/rounds/{round_.id}").text
