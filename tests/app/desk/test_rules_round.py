"""A body votes on its own rules: the question, what it binds, and what an adopted one does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app import adoption, rules_of_procedure
from app.models import (
    Board,
    Body,
    Confirmation,
    LogEntry,
    Meeting,
    Question,
    Round,
    RulesOfProcedure,
)
from app.round import announcing, preparing
from tests.app import builder, deciding
from tests.app.builder import Browser, Council
from voting.log.entry import read
from voting.log.kind import rules_hash
from voting.protocol.election import parse_election


@pytest.fixture
def draft(held: Session, area: Council) -> RulesOfProcedure:
    builder.change_rules(held, area, {"majority.other": "more_than_half"})
    return builder.build_rules_draft(held, area, {"quorum.rule": "half"})


@pytest.fixture
def round_(held: Session, area: Council, draft: RulesOfProcedure) -> Round:
    """The announced vote on the draft."""
    now = datetime.now(UTC)
    made = preparing.prepare_rules(held, body=area.body, meeting=area.meeting, rules=draft, now=now)
    announcing.announce(held, made, now)
    held.commit()
    return made


def question(held: Session, round_: Round) -> Question:
    return preparing.questions_of(held, round_)[0]


def test_a_draft_becomes_a_question_of_the_meeting(
    held: Session, area: Council, moderator: Browser, draft: RulesOfProcedure
) -> None:
    answer = moderator.post(f"/desk/rules/{draft.id}/round")
    made = held.exec(select(Round)).one()
    assert (answer.status_code, answer.location) == (303, f"/desk/rounds/{made.id}")
    assert made.meeting_id == area.meeting.id
    asked = question(held, made)
    assert (asked.matter, asked.rules_id, asked.proposal_id) == ("other", draft.id, None)
    assert asked.wording["de"] == "Soll Fassung 2 der Geschäftsordnung gelten?"
    assert asked.wording["en"] != asked.wording["de"]
    assert asked.amount_cents is None
    shown = moderator.get(answer.location).text
    assert "Geschäftsordnung, Fassung 2" in shown
    assert "Mehr als die Hälfte der Anwesenden muss Ja sagen." in shown
    assert f"/gremium/{area.body.id}/regeln?von=1&amp;bis=2" in shown
    assert moderator.post(f"/desk/rules/{draft.id}/round").status_code == 409
    assert len(held.exec(select(Round)).all()) == 1


def test_without_a_meeting_the_desk_leads_to_one(
    held: Session, area: Council, moderator: Browser, draft: RulesOfProcedure
) -> None:
    meeting = held.get_one(Meeting, area.meeting.id)
    meeting.starts_at = datetime.now(UTC) - timedelta(days=7)
    held.add(meeting)
    answer = moderator.post(f"/desk/rules/{draft.id}/round")
    assert answer.location == "/desk/meetings/new"
    assert held.exec(select(Round)).all() == []


def test_only_a_draft_of_the_own_area_is_put_to_the_vote(
    held: Session, area: Council, moderator: Browser
) -> None:
    assert moderator.post(f"/desk/rules/{area.rules.id}/round").status_code == 409
    other = builder.build_council(held, "bruch", with_keys=False)
    foreign = builder.build_rules_draft(held, other, {"quorum.rule": "half"})
    assert moderator.post(f"/desk/rules/{foreign.id}/round").status_code == 404


def test_the_majority_is_that_of_other_matters(
    held: Session, area: Council, moderator: Browser, round_: Round
) -> None:
    assert "Nötig sind 5 Ja-Stimmen." in moderator.get(f"/desk/rounds/{round_.id}").text
    builder.change_rules(held, area, {"majority.other": None})
    shown = moderator.get(f"/desk/rounds/{round_.id}").text
    assert f"/desk/rounds/{round_.id}/open" not in shown
    assert moderator.post(f"/desk/rounds/{round_.id}/open", data={}).status_code == 409


def test_the_election_binds_the_whole_text_of_the_rules(
    held: Session, area: Council, draft: RulesOfProcedure, round_: Round
) -> None:
    builder.open_round(held, round_)
    board = held.get_one(Board, question(held, round_).id)
    bound = json.loads(parse_election(board.election.encode()).description)
    assert bound["adopts"] == rules_hash(draft.parameters)
    assert bound["rules"] == rules_hash(area.rules.parameters)
    assert "amount_cents" not in bound


def test_adopted_rules_come_into_force_when_they_are_published(
    held: Session, area: Council, draft: RulesOfProcedure, round_: Round
) -> None:
    assert adoption.waiting_question(held, draft) is not None
    decision = deciding.finish(held, area, round_, [*["yes"] * 5, *["no"] * 4])
    assert decision.page["outcome"] == "adopted"
    assert decision.page["label"] == "decision"
    assert decision.page["rules"] == {"body_id": area.body.id, "version": 2, "before": 1}
    adopted = held.get_one(RulesOfProcedure, draft.id)
    assert (adopted.state, adopted.adopted_by) == ("adopted", "question")
    in_force = rules_of_procedure.in_force(held, area.body.id)
    assert in_force is not None
    assert in_force.version == 2
    assert adoption.waiting_question(held, draft) is None
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert last is not None
    public = read(last.leaf.encode()).public
    assert (public["version"], public["rules"]["quorum.rule"]) == (2, "half")


def test_rejected_rules_change_nothing(
    held: Session, area: Council, draft: RulesOfProcedure, round_: Round
) -> None:
    decision = deciding.finish(held, area, round_, [*["yes"] * 4, *["no"] * 5])
    assert decision.page["outcome"] == "rejected"
    assert held.get_one(RulesOfProcedure, draft.id).state == "draft"
    in_force = rules_of_procedure.in_force(held, area.body.id)
    assert in_force is not None
    assert in_force.version == 1
    assert adoption.waiting_question(held, draft) is None


def test_the_public_pages_do_without_money_and_applicant(
    held: Session, area: Council, visitor: Browser, draft: RulesOfProcedure, round_: Round
) -> None:
    decision = deciding.finish(held, area, round_, [*["yes"] * 9])
    page = visitor.get(f"/entscheidung/{decision.number}")
    assert page.status_code == 200
    assert "Geschäftsordnung, Fassung 2" in page.text
    assert "Entscheidung" in page.text
    assert "Endgültig entscheidet die Steuerungsrunde." not in page.text
    assert "Antrag" not in page.text
    assert f"/gremium/{area.body.id}/regeln?von=1&amp;bis=2" in page.text
    for address in (f"/gebiet/{area.area.slug}/entscheidungen", f"/gebiet/{area.area.slug}", "/"):
        shown = visitor.get(address)
        assert shown.status_code == 200
        assert "Geschäftsordnung, Fassung 2" in shown.text
        assert "None" not in shown.text


def test_members_read_what_changes(
    area: Council, client_of: Callable[..., Browser], round_: Round
) -> None:
    page = client_of(area.members[0]).get(f"/booth/{round_.id}/questions").text
    assert "Soll Fassung 2 der Geschäftsordnung gelten?" in page
    assert f"/gremium/{area.body.id}/regeln?von=1&amp;bis=2" in page
    assert "Nötig sind 5 Ja-Stimmen." in page
    english = client_of(area.members[0]).get(f"/en/booth/{round_.id}/questions").text
    assert f"/en/gremium/{area.body.id}/regeln?von=1&amp;bis=2" in english


def test_a_jury_decides_about_money(held: Session, area: Council, visitor: Browser) -> None:
    body = held.get_one(Body, area.body.id)
    body.kind = "jury"
    held.add(body)
    [decision] = deciding.decide(held, area, ["yes"] * 9)
    assert decision.page["label"] == "decision"
    assert "bewilligt" in visitor.get(f"/entscheidung/{decision.number}").text


def test_the_desk_leads_from_the_count_to_the_adopted_rules(
    held: Session,
    area: Council,
    client_of: Callable[..., Browser],
    moderator: Browser,
    draft: RulesOfProcedure,
    round_: Round,
) -> None:
    deciding.close_prepared(held, area, round_, ["yes"] * 9)
    asked = deciding.count(held, round_)[0]
    shown = moderator.get(f"/desk/rounds/{round_.id}").text
    assert "Geschäftsordnung, Fassung 2" in shown
    moderator.post(f"/desk/questions/{asked.id}/confirm")
    request = held.exec(select(Confirmation)).one()
    second = client_of(area.moderators[1])
    assert "Geschäftsordnung, Fassung 2" in second.get("/desk/").text
    second.post(f"/desk/confirmations/{request.id}")
    address = f"/desk/questions/{asked.id}/publish"
    assert "Soll Fassung 2 der Geschäftsordnung gelten?" in moderator.get(address).text
    summary = {"german": "Es gelten neue Regeln.", "english": "New rules apply."}
    assert moderator.post(address, data=summary).status_code == 303
    assert held.get_one(RulesOfProcedure, draft.id).state == "adopted"
    assert "Alles ist veröffentlicht." in moderator.get(f"/desk/rounds/{round_.id}").text
