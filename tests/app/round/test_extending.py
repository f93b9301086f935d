"""Time lost to an outage in the last hour of a vote over days is given back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.models import Heartbeat, LogEntry, Round
from app.round import extending
from tests.app import builder
from voting.log.entry import read

pytestmark = pytest.mark.each_time

END = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)


def minutes(number):
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (minutes(-30), minutes(-25), minutes(0)),
        (minutes(-30), minutes(-24), minutes(6)),
        (minutes(-90), minutes(-50), minutes(10)),
        (minutes(-90), minutes(-61), minutes(0)),
        (minutes(-10), minutes(45), minutes(10)),
        (minutes(-3), minutes(45), minutes(0)),
        (minutes(-300), minutes(300), minutes(60)),
    ],
)
def test_what_was_lost_of_the_last_hour(since, until, expected):
    assert extending.lost(END, END + since, END + until) == expected


@pytest.fixture
def open_over_days(held, area):
    round_ = builder.open_round(held, builder.prepare_over_days(held, area))
    round_.closes_at = END
    held.commit()
    return round_


def entries(held):
    rows = held.exec(select(LogEntry).where(LogEntry.type == "round_extended"))
    return [read(row.leaf.encode()).public for row in rows]


def beat(held, *moments):
    for moment in moments:
        extending.beat(held, moment)
        held.commit()


def test_an_outage_moves_the_end_and_the_log_says_so(held, open_over_days):
    beat(held, END - minutes(40), END - minutes(20))
    round_ = held.get_one(Round, open_over_days.id)
    assert (round_.closes_at, round_.extended_seconds) == (END + minutes(20), 1200)
    (public,) = entries(held)
    assert public["closes_at"] == "2026-11-30T20:20:00Z"
    assert public["down_since"] == "2026-11-30T19:20:00Z"


def test_an_outage_over_the_end_gives_the_time_back_from_now_on(held, open_over_days):
    beat(held, END - minutes(10), END + minutes(30))
    assert held.get_one(Round, open_over_days.id).closes_at == END + minutes(40)


def test_a_short_gap_and_a_second_beat_change_nothing(held, open_over_days):
    beat(held, END - minutes(40), END - minutes(35), END - minutes(30), END - minutes(30))
    assert held.get_one(Round, open_over_days.id).closes_at == END
    assert entries(held) == []
    assert held.exec(select(Heartbeat.at)).one() == END - minutes(30)


def test_each_outage_counts_once(held, open_over_days):
    beat(held, END - minutes(40), END - minutes(30), END - minutes(29), END - minutes(29))
    assert held.get_one(Round, open_over_days.id).closes_at == END + minutes(10)


def test_a_vote_in_a_meeting_and_one_that_was_over_before_are_left_alone(held, area):
    in_meeting = builder.open_round(held, builder.prepare_round(held, area), END)
    over = builder.open_round(held, builder.prepare_over_days(held, area))
    over.closes_at = END - minutes(60)
    held.commit()
    beat(held, END - minutes(50), END - minutes(10))
    assert held.get_one(Round, in_meeting.id).closes_at == END
    assert held.get_one(Round, over.id).closes_at == END - minutes(60)
