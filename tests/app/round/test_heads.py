"""The log has the head that each box had at the opening and at the close."""

from datetime import UTC, datetime

from sqlmodel import select

from app.models import Board, LogEntry
from app.round import closing
from tests.app import deciding
from voting.log.entry import read


def heads_of_boards(held):
    return {each.question_id: each.head for each in held.exec(select(Board)).all()}


def heads_in(held, kind, place):
    leaf = held.exec(select(LogEntry.leaf).where(LogEntry.type == kind)).one()
    return {each["question"]: each["head"] for each in read(leaf.encode()).public[place]}


def test_opening_and_close_are_told_with_the_heads_of_that_moment(held, area, open_round):
    round_ = open_round(questions=2)
    opened = heads_of_boards(held)
    deciding.let_cast(held, area, round_, [(each, "yes") for each in area.members])
    closing.end(held, round_, datetime.now(UTC), "end")
    closed = heads_of_boards(held)
    held.commit()
    deciding.count(held, round_)
    assert heads_in(held, "round_opened", "questions") == opened
    assert heads_in(held, "round_closed", "ballots") == closed
    assert set(opened.values()).isdisjoint(closed.values())
    assert set(closed.values()).isdisjoint(heads_of_boards(held).values())
