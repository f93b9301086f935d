"""Opening freezes everything, takes out what may not open, and sets the elections up."""

from io import BytesIO

import pytest
from sqlmodel import select

from app import recusal
from app.board import read_archive
from app.errors import Refused
from app.models import Attendance, Board, LogEntry, Question, RollEntry, Round, VotingKey
from app.round import announcing, opening, preparing
from tests.app import builder
from voting.log.entry import read
from voting.protocol.verify import Accepted, verify


def questions(held, round_):
    return preparing.questions_of(held, round_)


def test_opening_publishes_a_board_that_verifies(held, area, open_round):
    round_ = open_round(questions=2)
    for question in questions(held, round_):
        verdict = verify(BytesIO(read_archive(held, question.id)), None)
        assert isinstance(verdict, Accepted)
        assert verdict.stage == "open"


def test_the_roll_holds_seats_members_and_points(held, area, open_round):
    round_ = open_round(recused={1: [area.members[0]]})
    question = questions(held, round_)[0]
    roll = held.exec(select(RollEntry).where(RollEntry.question_id == question.id)).all()
    assert {entry.member_id for entry in roll} == {each.id for each in area.members[1:]}
    assert {entry.credential for entry in roll} == {
        area.phones[each.id].point for each in area.members[1:]
    }
    assert question.roll_facts["recused"] == 1
    assert question.required_yes == 6  # two thirds of 8


def test_a_key_made_after_the_opening_is_not_on_the_roll(held, area, prepared_round):
    late = area.members[2]
    held.delete(held.exec(select(VotingKey).where(VotingKey.member_id == late.id)).one())
    round_ = builder.open_round(held, prepared_round())
    builder.give_key(held, late, area.term)
    held.commit()
    entry = held.exec(select(RollEntry).where(RollEntry.member_id == late.id)).one()
    assert entry.credential is None
    assert questions(held, round_)[0].roll_facts["entitled"] == 9


def test_a_question_without_quorum_is_taken_out_and_the_rest_opens(held, area, prepared_round):
    held.exec(select(Attendance)).all()
    for row in held.exec(select(Attendance)).all()[:3]:
        held.delete(row)
    area.rules.parameters = {**area.rules.parameters, "recusal.quorum": "leaves_presence"}
    held.add(area.rules)
    round_ = prepared_round(questions=2, recused={1: [area.members[8]]})
    taken_out = opening.open_round(held, round_, builder.LONG_AGO)
    held.commit()
    assert [each.position for each in taken_out] == [1]
    assert taken_out[0].taken_out_reason == "poll_only"
    assert held.get(Board, taken_out[0].id) is None
    assert [each.state for each in questions(held, round_)] == ["taken_out", "listed"]


def test_nothing_opens_while_a_rule_is_empty_and_the_rule_is_named(held, area, prepared_round):
    round_ = prepared_round()
    area.rules.parameters = {
        name: value for name, value in area.rules.parameters.items() if name != "majority.base"
    }
    held.add(area.rules)
    held.commit()
    with pytest.raises(Refused) as refusal:
        opening.open_round(held, round_, builder.LONG_AGO)
    assert refusal.value.code == "rules_missing"
    assert refusal.value.facts["names"]
    held.rollback()
    assert held.get_one(Round, round_.id).state == "announced"


def test_a_draft_is_not_announced_while_a_rule_is_empty(held, area):
    area.rules.parameters = {}
    held.add(area.rules)
    proposal = builder.build_proposal(held, area, "Hochbeete")
    round_ = preparing.prepare(
        held,
        body=area.body,
        meeting=area.meeting,
        proposals=[proposal],
        now=builder.LONG_AGO,
    )
    with pytest.raises(Refused, match="rules_missing"):
        announcing.announce(held, round_, builder.LONG_AGO)


def test_a_round_of_which_no_question_may_open_stays_announced(held, area, prepared_round):
    for row in held.exec(select(Attendance)).all()[:4]:
        held.delete(row)
    round_ = prepared_round()
    with pytest.raises(Refused) as refusal:
        opening.open_round(held, round_, builder.LONG_AGO)
    assert refusal.value.code == "no_question_left"


def test_opening_twice_is_refused(held, area, open_round):
    round_ = open_round()
    with pytest.raises(Refused, match="already_done"):
        opening.open_round(held, round_, builder.LONG_AGO)


def test_recusals_end_with_the_opening(held, area, open_round):
    question = questions(held, open_round())[0]
    with pytest.raises(Refused, match="recusal_closed"):
        recusal.declare(held, question, area.members[0].id, by="officer", now=builder.LONG_AGO)
    with pytest.raises(Refused, match="recusal_closed"):
        recusal.withdraw(held, question, area.members[0].id)


def test_the_log_says_what_was_frozen(held, area, open_round):
    round_ = open_round(questions=2, recused={2: [area.members[0]]})
    leaves = [read(row.leaf.encode()) for row in held.exec(select(LogEntry).order_by("seq"))]
    assert [leaf.type for leaf in leaves] == ["round_announced", "round_opened"]
    opened = leaves[1].public
    assert opened["round"] == round_.id
    sizes = [each["roll_size"] for each in opened["questions"]]
    assert sizes == [9, 8]
    for shown, question in zip(opened["questions"], questions(held, round_), strict=True):
        board = held.get_one(Board, question.id)
        assert (shown["phi"], shown["credentials_hash"]) == (board.phi, board.credentials_hash)


def test_wording_follows_the_proposal_until_the_announcement_only(held, area):
    proposal = builder.build_proposal(held, area, "Hochbete")
    round_ = preparing.prepare(
        held,
        body=area.body,
        meeting=area.meeting,
        proposals=[proposal],
        now=builder.LONG_AGO,
    )
    proposal.title = "Hochbeete"
    announcing.announce(held, round_, builder.LONG_AGO)
    question = held.exec(select(Question).where(Question.round_id == round_.id)).one()
    assert "„Hochbeete“" in question.wording["de"]
    assert "Hochbeete" in question.wording["en"]
