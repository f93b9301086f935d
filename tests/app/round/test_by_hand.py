"""Votes that people count: two equal counts stand, judged by the same rules, and nothing is hidden
about how it was done."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.errors import Refused
from app.models import Board, LogEntry, RollEntry
from app.round import announcing, by_hand, closing, counting, opening, preparing
from app.round.preparing import questions_of
from tests.app import builder

FULL = {"yes": 7, "no": 1, "abstain": 1, "present": 9, "residents": None}


def now():
    return datetime.now(UTC)


@pytest.fixture
def draft(held, area):
    """A draft of a body that votes openly."""
    builder.set_rules(held, area, ballot__secrecy="open")
    proposal = builder.build_proposal(held, area, "Hochbeete im Hof")
    made = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now()
    )
    held.commit()
    return made


@pytest.fixture
def open_vote(held, draft):
    def opened(way="open"):
        by_hand.choose_way(held, draft, way)
        announcing.announce(held, draft, now())
        opening.open_round(held, draft, now())
        held.commit()
        return draft

    return opened


def question_of(held, round_):
    return questions_of(held, round_)[0]


def entries(held, area, kind):
    found = select(LogEntry).where(LogEntry.area_id == area.area.id, LogEntry.type == kind)
    return [json.loads(each.leaf)["public"] for each in held.exec(found)]


def count(held, area, round_, first, second):
    question = question_of(held, round_)
    by_hand.enter(held, question, area.moderators[0].id, FULL | first)
    return by_hand.enter(held, question, area.moderators[1].id, FULL | second)


def finish(held, round_):
    closing.close(held, round_, now())
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    return question_of(held, round_)


def test_an_open_vote_has_no_box(held, area, open_vote):
    round_ = open_vote()
    assert not held.exec(select(Board)).all()
    public = entries(held, area, "hand_vote_opened")[0]
    assert public["way"] == "open"
    assert public["questions"][0]["required_yes"] == 6
    assert entries(held, area, "round_announced")[0]["way"] == "open"
    assert round_.closes_at is None


def test_two_equal_counts_are_judged_by_the_rules(held, area, open_vote):
    round_ = open_vote()
    assert count(held, area, round_, {}, {}) == "agreed"
    question = finish(held, round_)
    assert question.state == "counted"
    assert question.outcome["code"] == "adopted"
    assert question.outcome["yes"] == 7
    assert not question.outcome["reveals_all"]
    counted = entries(held, area, "hand_vote_counted")[0]
    assert (counted["way"], counted["outcome"], counted["ballots"]) == ("open", "adopted", 9)
    assert entries(held, area, "round_closed")[0]["how"] == "counted"


def test_unequal_counts_are_both_gone(held, area, open_vote):
    round_ = open_vote()
    assert count(held, area, round_, {}, {"yes": 6, "no": 2}) == "unequal"
    assert by_hand.entered_by(held, question_of(held, round_)) == []
    assert not closing.is_closable(held, round_, now())
    assert count(held, area, round_, {}, {}) == "agreed"


def test_one_person_cannot_count_twice(held, area, open_vote):
    round_ = open_vote()
    question = question_of(held, round_)
    officer = area.moderators[0].id
    assert by_hand.enter(held, question, officer, FULL) == "waits"
    assert by_hand.enter(held, question, officer, FULL) == "waits"
    assert by_hand.agreed(held, question) is None
    with pytest.raises(Refused, match="not_yet_closable"):
        closing.close(held, round_, now())


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ({"yes": 9, "no": 1, "abstain": 0}, "count_above_roll"),
        ({"present": 8}, "present_differs"),
    ],
)
def test_numbers_that_the_roll_does_not_allow_are_refused(held, area, open_vote, numbers, refusal):
    round_ = open_vote()
    with pytest.raises(Refused, match=refusal):
        count(held, area, round_, numbers, numbers)


def test_a_rule_about_residents_asks_for_them(held, area, open_vote):
    builder.set_rules(held, area, resident_majority="cast")
    round_ = open_vote()
    for residents in (None, 5, 7):
        with pytest.raises(Refused, match="residents_differ"):
            count(held, area, round_, {"residents": residents}, {"residents": residents})
    assert count(held, area, round_, {"residents": 6}, {"residents": 6}) == "agreed"
    assert finish(held, round_).outcome["code"] == "adopted"


def test_names_are_called_and_counted(held, area, open_vote):
    round_ = open_vote("roll_call")
    question = question_of(held, round_)
    said = {member.id: "yes" for member in area.members[:6]} | {area.members[8].id: "no"}
    by_hand.answer(held, question, said)
    by_hand.answer(held, question, said | {area.members[7].id: "abstain"})
    found = finish(held, round_).outcome
    assert [found[name] for name in ("yes", "no", "abstain", "ballots")] == [6, 1, 1, 8]
    assert found["code"] == "adopted"


def test_nobody_else_is_called(held, area, open_vote):
    round_ = open_vote("roll_call")
    question = question_of(held, round_)
    recused = held.exec(select(RollEntry).where(RollEntry.question_id == question.id)).all()
    assert len(recused) == 9
    with pytest.raises(Refused, match="not_entitled"):
        by_hand.answer(held, question, {10**6: "yes"})


def test_hands_are_not_counted_where_ballots_are_secret(held, area, prepared_round, open_round):
    with pytest.raises(Refused, match="ways_fixed"):
        by_hand.choose_way(held, prepared_round(), "open")
    builder.set_rules(held, area, ballot__secrecy=None)
    proposal = builder.build_proposal(held, area, "Kiezfest")
    made = preparing.prepare(
        held, body=area.body, meeting=area.meeting, proposals=[proposal], now=now()
    )
    with pytest.raises(Refused, match="open_not_allowed"):
        by_hand.choose_way(held, made, "open")
    with pytest.raises(Refused, match="not_found"):
        count(held, area, open_round(), {}, {})


def test_paper_that_is_entered_afterwards_keeps_its_minimum(held, area, prepared_round):
    round_ = prepared_round()
    by_hand.choose_way(held, round_, "paper")
    opening.open_round(held, round_, now())
    few = {"yes": 3, "no": 1, "abstain": 0}
    assert count(held, area, round_, few, few) == "agreed"
    question = finish(held, round_)
    assert question.outcome["code"] == "too_few_ballots"
    assert question.outcome["yes"] is None
    assert entries(held, area, "hand_vote_counted")[0]["way"] == "paper"


def test_a_body_that_votes_openly_has_no_secret_box(held, draft):
    with pytest.raises(Refused, match="open_by_rule"):
        by_hand.choose_way(held, draft, "secret")
    by_hand.choose_way(held, draft, "roll_call")
    assert draft.way == "roll_call"


def test_paper_that_is_entered_afterwards_is_judged(held, area, prepared_round):
    round_ = prepared_round()
    round_.trust = "evening"
    by_hand.choose_way(held, round_, "paper")
    assert round_.trust == "office"
    opening.open_round(held, round_, now())
    count(held, area, round_, {}, {})
    assert finish(held, round_).outcome["code"] == "adopted"
