"""A practice round votes and counts for real, and leaves no trace outside."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.errors import Refused
from app.models import Board, Decision, LogEntry, RulesOfProcedure
from app.round import closing, confirming, practising, preparing
from tests.app import builder, deciding
from voting.protocol import canon
from voting.protocol.election import parse_election

pytestmark = pytest.mark.each_time


@pytest.fixture
def practice(held, area):
    round_ = practising.practise(held, area.body, area.meeting, datetime.now(UTC))
    held.commit()
    return round_


def finish(held, area, practice, choices):
    answers = zip(area.members, choices, strict=False)
    deciding.let_cast(held, area, practice, answers)
    closing.end(held, practice, datetime.now(UTC), "last_call")
    held.commit()
    return deciding.count(held, practice)[0]


def test_it_is_open_at_once_for_everybody_with_a_seat(held, area, practice):
    (question,) = preparing.questions_of(held, practice)
    assert (practice.state, practice.is_practice, practice.rules_id) == ("open", True, None)
    assert question.roll_facts["entitled"] == 9
    board = held.get_one(Board, question.id)
    description = parse_election(board.election.encode()).description
    assert canon.read(description.encode(), dict)["practice"] is True


def test_a_second_press_finds_the_one_that_runs(held, area, practice):
    again = practising.practise(held, area.body, area.meeting, datetime.now(UTC))
    assert again.id == practice.id


def test_its_ballots_are_counted_for_real(held, area, practice):
    question = finish(held, area, practice, ["yes", "yes", "no", "abstain"])
    assert question.state == "counted"
    figures = [question.outcome[name] for name in ("yes", "no", "abstain", "required")]
    assert figures == [2, 1, 1, None]


def test_nothing_of_it_reaches_log_or_decisions(held, area, practice):
    question = finish(held, area, practice, ["yes"] * 5)
    assert held.exec(select(LogEntry)).all() == []
    with pytest.raises(Refused, match="already_done"):
        confirming.request(
            held,
            act="confirm_result",
            round_=practice,
            question=question,
            reason="",
            officer=area.moderators[0],
            now=datetime.now(UTC),
        )
    assert held.exec(select(Decision)).all() == []


def test_it_needs_neither_rules_nor_a_meeting_nor_anybody_noted_as_present(held, area):
    builder.set_present(held, area, [])
    held.delete(held.get_one(RulesOfProcedure, area.rules.id))
    held.flush()
    round_ = practising.practise(held, area.body, None, datetime.now(UTC))
    held.commit()
    assert (round_.mode, round_.meeting_id) == ("meeting", None)
    assert finish(held, area, round_, ["no"] * 3).outcome["no"] == 3


def test_it_is_secret_and_counted_by_the_office_whatever_the_rules_say(held, area):
    builder.set_rules(held, area, ballot__secrecy="open", trust__meeting="evening")
    round_ = practising.practise(held, area.body, area.meeting, datetime.now(UTC))
    assert (round_.secrecy, round_.trust, round_.state) == ("secret", "office", "open")


def test_without_voting_keys_there_is_nobody_to_practise_with(held):
    council = builder.build_council(held, "bruch", with_keys=False)
    with pytest.raises(Refused, match="nobody_practises"):
        practising.practise(held, council.body, None, datetime.now(UTC))


def test_one_ballot_alone_is_not_counted(held, area, practice):
    assert finish(held, area, practice, ["yes"]).state == "too_few_ballots"


@pytest.mark.parametrize("path", ["", "/pruefen", "/meinungsbild"])
def test_the_public_does_not_find_it(held, area, practice, visitor, path):
    assert visitor.get(f"/abstimmung/{practice.id}{path}").status_code == 404
    assert "stimmt gerade ab" not in visitor.get(f"/gebiet/{area.area.slug}").text
