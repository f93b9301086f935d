"""Names that are called: everybody on the roll, heard by two persons, counted by the rules."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.errors import Refused
from app.models import RollAnswer
from app.models.confirmation import LIFETIME
from app.round import by_hand, closing, counting, roll_call
from app.round.preparing import questions_of
from tests.app import builder

WHY = "Das Gremium stimmt mit Namen ab."


def now():
    return datetime.now(UTC)


@pytest.fixture
def called(held, area):
    """An open round in which names are called, and its question."""
    builder.set_rules(held, area, ballot__secrecy="open")
    round_ = builder.prepare_round(held, area)
    round_.secrecy = "roll_call"
    builder.open_round(held, round_)
    return round_, questions_of(held, round_)[0]


@pytest.fixture
def said(area):
    """Six yes, one no, one abstention, one who is gone."""
    answers = ["yes"] * 6 + ["no", "abstain", "no_answer"]
    return {each.id: answer for each, answer in zip(area.members, answers, strict=True)}


def note(held, area, question, answers, at=None):
    roll_call.answer(held, question, answers, area.moderators[0], WHY, at or now())


def read_over(held, question, person, at=None):
    seen = roll_call.mark(roll_call.answers_of(held, question))
    roll_call.confirm(held, question, person, seen, at or now())


def test_two_persons_hear_the_answers_and_they_are_counted(held, area, called, said):
    round_, question = called
    note(held, area, question, said)
    assert by_hand.received(held, round_, question) == 8
    assert not closing.is_closable(held, round_, now())
    read_over(held, question, area.moderators[1])
    closing.close(held, round_, now())
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    found = questions_of(held, round_)[0].outcome
    assert [found[name] for name in ("yes", "no", "abstain", "ballots")] == [6, 1, 1, 8]
    assert found["code"] == "adopted"


def test_a_name_that_was_not_called_keeps_it_from_closing(held, area, called, said):
    round_, question = called
    del said[area.members[0].id]
    note(held, area, question, said)
    assert roll_call.unanswered(held, question) == 1
    with pytest.raises(Refused, match="answers_missing"):
        read_over(held, question, area.moderators[1])
    with pytest.raises(Refused, match="not_yet_closable"):
        closing.close(held, round_, now())


def test_the_second_person_is_another_one_and_in_time(held, area, called, said):
    _round, question = called
    note(held, area, question, said)
    with pytest.raises(Refused, match="second_person_needed"):
        read_over(held, question, area.moderators[0])
    with pytest.raises(Refused, match="confirmation_expired"):
        read_over(held, question, area.moderators[1], now() + LIFETIME)
    builder.make_speaker(held, area, area.members[1])
    read_over(held, question, area.members[1])
    with pytest.raises(Refused, match="already_done"):
        read_over(held, question, area.moderators[1])


def test_answers_that_changed_are_read_over_anew(held, area, called, said):
    round_, question = called
    note(held, area, question, said)
    seen = roll_call.mark(said)
    changed = said | {area.members[8].id: "no"}
    note(held, area, question, changed)
    with pytest.raises(Refused, match="answers_changed"):
        roll_call.confirm(held, question, area.moderators[1], seen, now())
    read_over(held, question, area.moderators[1])
    assert closing.is_closable(held, round_, now())
    note(held, area, question, said)
    assert not closing.is_closable(held, round_, now())


def test_what_one_person_noted_is_gone_when_it_closes_early(held, area, called, said):
    round_, question = called
    note(held, area, question, said)
    closing.end(held, round_, now(), "early", "Alarm im Haus")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    assert questions_of(held, round_)[0].outcome["ballots"] == 0
    assert held.exec(select(RollAnswer)).all() == []


def test_nobody_else_is_called(held, area, called):
    _round, question = called
    with pytest.raises(Refused, match="not_entitled"):
        note(held, area, question, {10**6: "yes"})


def test_a_moderator_with_a_seat_is_no_second_person(held, area, called, said):
    """The same address: two accounts, one person."""
    _round, question = called
    note(held, area, question, said)
    speaker = area.members[1]
    builder.make_speaker(held, area, speaker)
    speaker.mail = area.moderators[0].mail = "kim@anger.example"
    held.commit()
    with pytest.raises(Refused, match="second_person_needed"):
        read_over(held, question, speaker)
