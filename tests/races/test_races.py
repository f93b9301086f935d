"""Casts and closes that meet: nothing is lost, doubled or counted late (SECURITY 3.1)."""

import json
import random
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.board import read_archive
from app.models import Ballot, CredentialPointer, LogEntry, Question, Receipt, Round
from app.round import counting, preparing
from tests.app import builder, deciding
from tests.app.conftest import area, held  # noqa: F401 - fixtures
from tests.races.act import (
    cast_ballot,
    cast_naively,
    close_naively,
    close_round,
    publish_decision,
)
from tests.races.actor import Actors, acting
from voting.protocol.verify import verify

ROUNDS = (12, pytest.param(100, marks=pytest.mark.drill))
REPEATED = (4, pytest.param(10, marks=pytest.mark.drill))
CASTERS = 8
CLOSERS = 2
MARGIN_SECONDS = 0.05
STEP_SECONDS = 0.05


@pytest.fixture
def council(held, area):  # noqa: F811 - fixtures
    area.rules.parameters = {**area.rules.parameters, "ballot.min_turnout": 2}
    held.add(area.rules)
    held.commit()
    return area


def open_rounds(held, council, number):  # noqa: F811
    """Open rounds on one proposal each, on the same roll."""
    opened = [builder.open_round(held, builder.prepare_round(held, council)) for _ in range(number)]
    return [round_.id for round_ in opened]


def submissions(held, council, round_id, choices):  # noqa: F811
    round_ = held.get_one(Round, round_id)
    return [
        (member.id, builder.make_submission(held, council.phones[member.id], member, round_, each))
        for member, each in zip(council.members, choices, strict=False)
    ]


@pytest.mark.parametrize("number", ROUNDS)
def test_casts_around_the_close(settings, app, held, council, number):  # noqa: F811
    """Receipts, ballot rows, the board and the tally agree in every round.

    Casts start earlier after a round in which most were late: a busy machine verifies slowly.
    """
    chance = random.Random(20261122)
    lead = 0.0
    rounds = open_rounds(held, council, number)
    in_time = late = 0
    with acting(settings, CASTERS + CLOSERS) as actors:
        for round_id in rounds:
            choices = [chance.choice(("yes", "no", "abstain")) for _ in range(CASTERS)]
            ballots = submissions(held, council, round_id, choices)
            told = race(actors, chance, lead, round_id, ballots)
            receipts = [said for kind, said in told[:CASTERS] if kind == "receipt"]
            assert all(kind == "receipt" or said == "closed" for kind, said in told[:CASTERS]), told
            assert sorted(kind for kind, _ in told[CASTERS:]) == ["closed", "refused"]
            counting.count_round(round_id)
            held.rollback()
            require_agreement(held, round_id, receipts, choices, told)
            in_time, late = in_time + len(receipts), late + CASTERS - len(receipts)
            lead += STEP_SECONDS * (1 - 2 * len(receipts) / CASTERS)
    assert min(in_time, late) > number, "the casts must fall on both sides of the close"
    closes = [row for row in held.exec(select(LogEntry)) if row.type == "round_closed"]
    assert len(closes) == number


def race(actors: Actors, chance: random.Random, lead: float, round_id: str, ballots):
    casts = [
        (cast_ballot, (member_id, round_id, ballot), chance.uniform(-1, 1) * MARGIN_SECONDS - lead)
        for member_id, ballot in ballots
    ]
    return actors.at_once(casts + [(close_round, (round_id,), 0.0)] * CLOSERS)


def require_agreement(held, round_id, receipts, choices, told):  # noqa: F811
    question = held.exec(select(Question).where(Question.round_id == round_id)).one()
    rows = held.exec(select(Ballot).where(Ballot.question_id == question.id)).all()
    stored = held.exec(select(Receipt).where(Receipt.round_id == round_id)).all()
    assert {row.document for row in stored} == set(receipts)
    promised = {line["tracker"] for each in receipts for line in json.loads(each)["ballots"]}
    assert {row.tracker for row in rows} == promised
    verdict = verify(BytesIO(read_archive(held, question.id)), None, archive_only=True)
    assert verdict.ballots == len(receipts)
    if len(receipts) < 2:
        assert (question.state, verdict.stage) == ("too_few_ballots", "ended")
        return
    counted = [
        choice for choice, (kind, _) in zip(choices, told, strict=False) if kind == "receipt"
    ]
    expected = [counted.count(choice) for choice in ("yes", "no", "abstain")]
    assert [list(row) for row in verdict.result] == [expected]
    figures = question.outcome
    assert [figures[name] for name in ("yes", "no", "abstain")] == expected


@pytest.mark.parametrize("number", REPEATED)
def test_sixteen_parallel_casts_of_one_member(settings, app, held, council, number):  # noqa: F811
    """Equal and different ballots of one member: one counts, every receipt has its row."""
    member = council.members[0]
    phone = council.phones[member.id]
    with acting(settings, 16) as actors:
        for round_id in open_rounds(held, council, number):
            round_ = held.get_one(Round, round_id)
            same = builder.make_submission(held, phone, member, round_, "yes")
            others = [builder.make_submission(held, phone, member, round_, "no") for _ in range(8)]
            told = actors.at_once(
                [(cast_ballot, (member.id, round_id, each), 0.0) for each in [same] * 8 + others]
            )
            held.rollback()
            question = preparing.questions_of(held, round_)[0]
            pointers = held.exec(
                select(CredentialPointer).where(CredentialPointer.question_id == question.id)
            ).all()
            rows = held.exec(select(Ballot).where(Ballot.question_id == question.id)).all()
            assert len(pointers) == 1
            assert pointers[0].height == max(row.height for row in rows)
            assert {said for kind, said in told if kind == "refused"} <= {"superseded"}
            receipts = {said for kind, said in told if kind == "receipt"}
            assert len(receipts) == len(rows) == 9
            held.commit()


def test_areas_that_publish_at_once_get_different_numbers(settings, app, held, area):  # noqa: F811
    """Decisions are numbered across all areas of an installation."""
    councils = [area, *(builder.build_council(held, f"weg-{n}") for n in range(3))]
    questions = [deciding.confirmed(held, each, ["yes"] * 5)[0].id for each in councils]
    held.commit()
    with acting(settings, len(questions)) as actors:
        told = actors.at_once([(publish_decision, (each,), 0.0) for each in questions])
    numbers = sorted(int(number.partition("-")[2]) for _, number in told)
    assert numbers == [1, 2, 3, 4]


def test_one_question_is_published_once(settings, app, held, area):  # noqa: F811
    (question,) = deciding.confirmed(held, area, ["yes"] * 5)
    held.commit()
    with acting(settings, 4) as actors:
        told = actors.at_once([(publish_decision, (question.id,), 0.0)] * 4)
    assert sorted(told)[0][0] == "published"
    assert [each for each in told if each[0] == "refused"] == [("refused", "already_done")] * 3


@pytest.fixture
def naive_tables(held):  # noqa: F811
    for table in ("naive_ballot", "naive_close"):
        held.execute(text(f"CREATE TABLE {table} (round_id TEXT NOT NULL)"))
    held.commit()


@pytest.mark.parametrize(
    ("act", "table"), [(cast_naively, "naive_ballot"), (close_naively, "naive_close")]
)
def test_the_control_doubles(settings, app, held, naive_tables, act, table):  # noqa: F811
    """Without lock and condition the same race doubles in at least nine of ten rounds."""
    doubled = 0
    with acting(settings, 8) as actors:
        for number in range(10):
            actors.at_once([(act, (str(number),), 0.0)] * 8)
            found = held.execute(
                text(f"SELECT count(*) FROM {table} WHERE round_id = :id"),
                {"id": str(number)},
            ).scalar_one()
            held.commit()
            doubled += found > 1
    assert doubled >= 9
