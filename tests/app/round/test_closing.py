"""Closing: all have cast, the end, the last call; anything earlier needs a second person."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlmodel import select

from app import db, second_person
from app.board import read_archive
from app.booth.casting import cast
from app.errors import Refused
from app.models import LogEntry, LogText, Round
from app.round import closing, confirming, preparing
from voting.log.entry import read
from voting.protocol.verify import verify


@pytest.fixture
def vote(held, make_submission):
    """Cast the same answer for these members."""

    def vote_all(members, round_, choice="yes"):
        for member in members:
            submission = make_submission(member, round_, choice)
            held.commit()
            with db.acting():
                cast(member, round_.id, submission)
        held.expire_all()

    return vote_all


def last_log(held):
    rows = held.exec(select(LogEntry).order_by("seq")).all()
    return read(rows[-1].leaf.encode())


def test_not_closable_while_a_key_has_not_cast(held, area, open_round, vote):
    round_ = open_round()
    vote(area.members[:8], round_)
    with pytest.raises(Refused, match="not_yet_closable"):
        closing.close(held, round_, datetime.now(UTC))


def test_closes_when_every_key_has_cast(held, area, open_round, vote):
    round_ = open_round()
    vote(area.members, round_)
    closing.close(held, round_, datetime.now(UTC))
    assert round_.state == "closed"
    assert last_log(held).public["how"] == "all_cast"
    assert last_log(held).public["ballots"][0]["ballots"] == 9
    for question in preparing.questions_of(held, round_):
        assert verify(BytesIO(read_archive(held, question.id)), None).stage == "ended"


def test_last_call_ends_casting_after_twenty_seconds(held, area, open_round, vote):
    round_ = open_round()
    now = datetime.now(UTC)
    closing.start_last_call(held, round_, now)
    assert not closing.is_closable(held, round_, now + timedelta(seconds=19))
    assert closing.is_closable(held, round_, now + timedelta(seconds=20))
    closing.close(held, round_, now + timedelta(seconds=20))
    assert last_log(held).public["how"] == "last_call"


def test_a_second_last_call_gives_no_more_time(held, area, open_round):
    round_ = open_round()
    now = datetime.now(UTC)
    closing.start_last_call(held, round_, now)
    closing.start_last_call(held, round_, now + timedelta(seconds=15))
    assert round_.closes_at == now + timedelta(seconds=20)


def test_a_last_call_never_moves_the_announced_end_backwards(held, area, open_round):
    now = datetime.now(UTC)
    soon = now + timedelta(seconds=5)
    round_ = open_round(closes_at=soon)
    closing.start_last_call(held, round_, now)
    assert round_.closes_at == soon


def test_the_worker_closes_what_is_due_and_nothing_else(held, area, open_round):
    now = datetime.now(UTC)
    round_ = open_round(closes_at=now + timedelta(minutes=1))
    assert closing.close_at_the_end(held, now) == []
    assert closing.close_at_the_end(held, now + timedelta(minutes=2)) == [round_.id]
    assert last_log(held).public["how"] == "end"
    assert closing.close_at_the_end(held, now + timedelta(minutes=3)) == []


def test_casting_after_the_end_is_refused_before_the_worker_comes(
    held, area, open_round, make_submission
):
    round_ = open_round(closes_at=datetime.now(UTC) - timedelta(seconds=1))
    member = area.members[0]
    submission = make_submission(member, round_, "yes")
    held.commit()
    with pytest.raises(Refused, match="closed"), db.acting():
        cast(member, round_.id, submission)


def test_early_close_needs_another_officer_and_says_why(held, area, open_round):
    round_ = open_round()
    first, second = area.moderators
    now = datetime.now(UTC)
    asked = confirming.request(
        held, act="close_early", round_=round_, reason="Stromausfall", officer=first, now=now
    )
    with pytest.raises(Refused, match="second_person_needed"):
        confirming.confirm(held, asked, first, now)
    assert round_.state == "open"
    confirming.confirm(held, asked, second, now)
    assert held.get_one(Round, round_.id).state == "closed"
    assert last_log(held).public["how"] == "early"
    assert held.exec(select(LogText.value)).all() == ["Stromausfall"]
    with pytest.raises(Refused, match="already_done"):
        confirming.confirm(held, asked, second, now)


@pytest.mark.parametrize("act", ["close_early", "void_round", "count_again"])
def test_a_request_expires_after_thirty_minutes(held, area, open_round, act):
    round_ = open_round()
    if act == "count_again":
        round_.state, round_.count_fault = "closed", "board"
    first, second = area.moderators
    now = datetime.now(UTC)
    asked = confirming.request(
        held, act=act, round_=round_, reason="Zu spät", officer=first, now=now
    )
    assert second_person.waiting(held, area.area.id, now + timedelta(minutes=29)) == [asked]
    assert second_person.waiting(held, area.area.id, now + timedelta(minutes=30)) == []
    with pytest.raises(Refused, match="confirmation_expired"):
        confirming.confirm(held, asked, second, now + timedelta(minutes=30))


def test_void_keeps_the_round_and_frees_its_proposals(held, area, open_round):
    round_ = open_round()
    first, second = area.moderators
    now = datetime.now(UTC)
    asked = confirming.request(
        held, act="void_round", round_=round_, reason="Falsche Liste", officer=first, now=now
    )
    confirming.confirm(held, asked, second, now)
    assert (round_.state, round_.void_reason) == ("void", "Falsche Liste")
    assert last_log(held).type == "void"
    with pytest.raises(Refused, match="already_done"):
        closing.end(held, round_, now, "end")
