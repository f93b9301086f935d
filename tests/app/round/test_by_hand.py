"""Votes that people count: two equal counts stand, judged by the same rules, and nothing is hidden
about how it was done."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.errors import Refused
from app.models import Board, LogEntry
from app.models.confirmation import LIFETIME
from app.round import announcing, by_hand, closing, counting, hand_count, opening, preparing
from app.round.preparing import questions_of
from tests.app import builder
from tests.app.logged import told

FULL = {"yes": 7, "no": 1, "abstain": 1, "invalid": 0, "present": 9, "residents": None}
WHY = "Das Gremium stimmt offen ab."


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
    return [told(held, each) for each in held.exec(found)]


def count(held, area, round_, first, second):
    question = question_of(held, round_)
    enter(held, question, area.moderators[0], FULL | first)
    return enter(held, question, area.moderators[1], FULL | second)


def enter(held, question, person, numbers, at=None):
    return hand_count.enter(held, question, person, numbers, WHY, at or now())


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
    said = {"round": round_.id, "question": question.id, "what": "count", "reason": WHY}
    assert entries(held, area, "entered_by_two") == [said]


def test_unequal_counts_are_both_gone(held, area, open_vote):
    round_ = open_vote()
    assert count(held, area, round_, {}, {"yes": 6, "no": 2}) == "unequal"
    assert hand_count.waiting(held, question_of(held, round_), now()) is None
    assert not closing.is_closable(held, round_, now())
    assert count(held, area, round_, {}, {}) == "agreed"


def test_one_person_cannot_count_twice(held, area, open_vote):
    round_ = open_vote()
    question = question_of(held, round_)
    officer = area.moderators[0]
    assert enter(held, question, officer, FULL) == "waits"
    assert enter(held, question, officer, FULL) == "waits"
    assert hand_count.agreed(held, question) is None
    with pytest.raises(Refused, match="not_yet_closable"):
        closing.close(held, round_, now())


def test_the_second_count_comes_within_30_minutes(held, area, open_vote):
    round_ = open_vote()
    question, (first, second) = question_of(held, round_), area.moderators
    before = now() - LIFETIME
    assert enter(held, question, first, FULL, before) == "waits"
    assert enter(held, question, second, FULL) == "waits"
    assert hand_count.waiting(held, question, now()).is_by(second)
    almost = now() + LIFETIME - timedelta(seconds=9)
    assert enter(held, question, first, FULL, almost) == "agreed"


def test_a_speaker_counts_beside_a_moderator(held, area, open_vote):
    round_, speaker = open_vote(), area.members[0]
    question = question_of(held, round_)
    builder.make_speaker(held, area, speaker)
    assert enter(held, question, speaker, FULL) == "waits"
    builder.make_speaker(held, area, area.members[1])
    with pytest.raises(Refused, match="officer_needed"):
        enter(held, question, area.members[1], FULL)
    assert enter(held, question, area.moderators[0], FULL) == "agreed"
    assert finish(held, round_).outcome["code"] == "adopted"


def test_what_one_person_counted_is_no_count(held, area, open_vote):
    """Closed early by two persons: the numbers of one stand for nothing."""
    round_ = open_vote()
    enter(held, question_of(held, round_), area.moderators[0], FULL)
    closing.end(held, round_, now(), "early", "Alarm im Haus")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    assert question_of(held, round_).outcome["ballots"] == 0


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ({"yes": 9, "no": 1, "abstain": 0}, "count_above_roll"),
        ({"yes": 7, "no": 1, "abstain": 1, "invalid": 1}, "count_above_roll"),
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


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"yes": 4, "no": 0, "abstain": 0, "invalid": 1}, "adopted"),
        ({"yes": 4, "no": 0, "abstain": 0, "invalid": 0}, "too_few_ballots"),
    ],
)
def test_invalid_paper_counts_among_those_who_voted(held, area, prepared_round, numbers, code):
    """Five papers are enough, and what nobody can read is no answer."""
    builder.set_rules(held, area, majority__base="cast")
    round_ = prepared_round()
    by_hand.choose_way(held, round_, "paper")
    opening.open_round(held, round_, now())
    assert count(held, area, round_, numbers, numbers) == "agreed"
    outcome = finish(held, round_).outcome
    assert (outcome["code"], outcome["ballots"]) == (code, sum(numbers.values()))
    if code == "adopted":
        assert (outcome["base_count"], outcome["invalid"]) == (4, 1)
        tally = entries(held, area, "hand_vote_counted")[0]["tally"]
        assert tally == {"yes": 4, "no": 0, "abstain": 0, "invalid": 1}


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
