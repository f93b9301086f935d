"""A count that was stopped runs again when two people want it, and never ends otherwise."""

import pytest
from sqlmodel import select

from app import jobs, office_key
from app.models import Board, BoardEvent, Confirmation, LogEntry, Question, Round
from app.round import counting
from tests.app import builder, deciding
from tests.app.logged import told

WHY = {"reason": "Die Datei ist wieder da."}


@pytest.fixture
def closed_round(held, area):
    return lambda *choices: deciding.close(held, area, choices)


@pytest.fixture
def key_file(app, held):
    office_key.load("Ed25519")
    return app.extensions["settings"].instance / "keys" / "office-Ed25519.json"


@pytest.fixture
def stopped(held, closed_round, key_file):
    """A closed round whose key is not there when it is counted."""
    round_ = closed_round(*["yes"] * 6)
    held.commit()
    key_file.rename(key_file.with_suffix(".away"))
    count(held)
    assert state(held) == ("closed", "key", "listed")
    return round_


def count(held):
    held.commit()
    jobs.count_rounds(builder.FAR_AWAY)
    held.expire_all()


def state(held):
    row = held.exec(
        select(Round.state, Round.count_fault, Question.state).join(
            Question, Question.round_id == Round.id
        )
    ).one()
    held.commit()
    return tuple(row)


def ask(client_of, held, area, round_):
    desk = client_of(area.moderators[0])
    answer = desk.post(f"/desk/rounds/{round_.id}/count-again", data=WHY)
    held.rollback()
    return answer.status_code


def agree(client_of, held, person):
    request = held.exec(select(Confirmation.id)).one()
    held.commit()
    answer = client_of(person).post(f"/desk/confirmations/{request}")
    held.rollback()
    held.expire_all()
    return answer.status_code


def test_a_key_that_is_away_is_not_made_anew(held, area, stopped, key_file):
    assert not key_file.exists()
    assert held.exec(select(Board.stage)).one() == "ended"


def test_a_key_that_came_back_counts_only_when_two_people_agree(
    held, area, client_of, stopped, key_file
):
    key_file.with_suffix(".away").rename(key_file)
    count(held)
    assert state(held) == ("closed", "key", "listed"), "nobody asked for it"
    desk = client_of(area.moderators[0]).get(f"/desk/rounds/{stopped.id}").text
    assert "Die Auszählung ist stehen geblieben" in desk
    assert ask(client_of, held, area, stopped) == 303
    assert agree(client_of, held, area.moderators[0]) == 403
    assert agree(client_of, held, area.members[0]) == 403
    assert agree(client_of, held, area.moderators[1]) == 303
    last = held.exec(select(LogEntry).order_by(LogEntry.seq.desc())).first()
    assert last.type == "count_again"
    assert told(held, last) == {"round": stopped.id} | WHY
    count(held)
    assert state(held) == ("closed", "", "counted")
    assert held.exec(select(Question)).one().outcome["yes"] == 6


def test_another_key_stops_it_once_more(held, area, client_of, stopped, key_file):
    office_key.load("Ed25519")
    assert key_file.exists()
    ask(client_of, held, area, stopped)
    agree(client_of, held, area.moderators[1])
    assert state(held) == ("closed", "", "listed")
    count(held)
    assert state(held) == ("closed", "key", "listed")


def test_a_box_that_does_not_verify_stops_it(held, area, closed_round):
    closed_round(*["yes"] * 6)
    event = held.exec(select(BoardEvent).where(BoardEvent.type == "Ballot")).first()
    event.content = event.content.replace(b'"challenge":"1', b'"challenge":"2', 1)
    event.content = event.content.replace(b'"response":"', b'"response":"1', 1)
    held.add(event)
    count(held)
    assert state(held) == ("closed", "board", "listed")


def test_what_is_counted_is_never_counted_again(held, area, client_of, closed_round):
    round_ = closed_round(*["yes"] * 6)
    round_id = round_.id
    count(held)
    before = held.exec(select(BoardEvent.head)).all()
    assert ask(client_of, held, area, round_) == 409
    held.commit()
    counting.count_round(round_id)
    assert held.exec(select(BoardEvent.head)).all() == before
