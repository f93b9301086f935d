"""With fewer ballots than the minimum nothing is opened, whoever holds the key."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from app import db
from app.board import read_archive
from app.errors import Refused
from app.models import Board, Member, Officer, Round
from app.round import closing, counting, opening, preparing, releasing
from tests.app import builder, count_part, deciding, term_key
from tests.app.builder import Council
from tests.app.round.test_evening import EXPONENTS, make_key
from voting.protocol import archive, tally
from voting.protocol.board import parse_setup

MINIMUM = 5
Key = tuple[Member | Officer, int]


def hold_in_the_evening(held: Session, area: Council) -> list[Key]:
    builder.set_rules(held, area, trust__meeting="evening")
    for at in (0, 1):
        make_key(held, area, at)
    return list(zip(area.members, EXPONENTS[:2], strict=False))


def hold_for_the_term(held: Session, area: Council) -> list[Key]:
    builder.set_rules(held, area, trust__meeting="commission")
    made = term_key.make()
    people = [area.members[4], area.moderators[0], area.members[1]]
    term_key.put_in_force(held, area, people, made)
    return [(person, made.exponents[at]) for at, person in enumerate(people, 1)]


def vote(held: Session, area: Council, ballots: int) -> Round:
    """A round in which so many vote yes, closed and counted as far as the worker gets."""
    round_ = builder.prepare_round(held, area)
    opening.open_round(held, round_, datetime.now(UTC))
    deciding.let_cast(held, area, round_, zip(area.members, ["yes"] * ballots, strict=False))
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    counting.count_round(round_.id)
    held.expire_all()
    return round_


def hand_in(held: Session, round_: Round, keys: list[Key]) -> None:
    """Every holder makes a right part of what lies in the box and sends it, asked or not."""
    [question] = preparing.questions_of(held, round_)
    setup, *rest = archive.read_events(BytesIO(read_archive(held, question.id)))
    ballots = (each.documents[0] for each in rest if each.type == "Ballot")
    parsed = parse_setup(*setup.documents)
    total = tally.encrypted_tally(parsed.election, ballots)
    total = tally.parse_tally(parsed.election, total.document, total.counted)
    for person, exponent in keys:
        part = count_part.part_of(parsed, total, exponent)
        with suppress(Refused):
            releasing.release(held, round_, person, {question.id: part}, db.clock(held))
        held.commit()
        held.expire_all()


def opened(held: Session, round_: Round) -> tuple[str, int | None, str]:
    [question] = preparing.questions_of(held, round_)
    board = held.get_one(Board, question.id)
    return question.state, (question.outcome or {}).get("yes"), board.stage


@pytest.mark.parametrize("hold", [hold_in_the_evening, hold_for_the_term])
def test_with_shared_keys_no_part_is_asked_for_or_taken(
    held: Session, area: Council, hold: Callable[..., list[Key]]
) -> None:
    keys = hold(held, area)
    few, enough = vote(held, area, MINIMUM - 1), vote(held, area, MINIMUM)
    assert {few.trust, enough.trust} <= {"evening", "commission"}
    assert opened(held, few) == ("too_few_ballots", None, "ended")
    assert releasing.waiting(held, few) == []
    before = read_archive(held, preparing.questions_of(held, few)[0].id)
    hand_in(held, few, keys)
    few_id = few.id
    held.commit()
    counting.count_round(few_id)
    held.expire_all()
    assert opened(held, few) == ("too_few_ballots", None, "ended")
    assert read_archive(held, preparing.questions_of(held, few)[0].id) == before
    hand_in(held, enough, keys)
    assert opened(held, enough) == ("counted", MINIMUM, "done"), "the control"


def test_the_phone_of_who_counts_is_not_asked(
    held: Session, area: Council, client_of: Callable[..., FlaskClient]
) -> None:
    hold_in_the_evening(held, area)
    phone = client_of(area.members[0])
    state = f"/commission/meetings/{area.meeting.id}/state"
    vote(held, area, MINIMUM - 1)
    assert phone.get(state).json["rounds"] == []
    vote(held, area, MINIMUM)
    assert len(phone.get(state).json["rounds"]) == 1, "the control"
