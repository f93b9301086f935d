"""A body chooses the group: everything of a round is in the one that its rules named."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app import db, electoral_roll
from app.board import read_archive
from app.commission import appointing
from app.entropy import rand_scalar
from app.errors import Refused
from app.models import Board, Question, Round, VotingKey
from app.paper import numbers
from app.round import count_key, counting, opening, practising, preparing, releasing
from tests.app import builder, count_part, deciding, term_key
from tests.app.builder import Browser, Council
from tests.voting.protocol.tool import OLD, Release
from voting.protocol import trustee
from voting.protocol.credential import make_enrolment
from voting.protocol.group import Group, by_name
from voting.protocol.verify import Accepted, verify

OTHER = by_name("BELENIOS-2048")
CHOICES = ["yes"] * 4 + ["no"]
EXPONENTS = (2**200 + 1, 2**201 + 3)


@pytest.fixture
def council(held: Session, area: Council) -> Council:
    """A council whose rules name the second group, and whose members have points there."""
    builder.take_other_group(held, area)
    return area


def only_question(held: Session, round_: Round) -> Question:
    (question,) = preparing.questions_of(held, round_)
    return question


def accepted(held: Session, question: Question) -> Accepted:
    verdict = verify(
        BytesIO(read_archive(held, question.id)), held.get_one(Board, question.id).strong.encode()
    )
    assert isinstance(verdict, Accepted)
    return verdict


@pytest.mark.needs(OLD)
def test_the_office_counts_a_box_that_the_program_of_debian_12_accepts(
    held: Session, council: Council, tmp_path: Path
) -> None:
    round_ = deciding.close(held, council, CHOICES)
    question = deciding.count(held, round_)[0]
    board = held.get_one(Board, question.id)
    assert (round_.group, board.group) == ("BELENIOS-2048", "BELENIOS-2048")
    assert accepted(held, question).result == ((4, 1, 0),)
    done = Release(OLD).verify(tmp_path / "box", read_archive(held, question.id))
    assert "I: all checks passed" in done.stderr + done.stdout


@pytest.mark.drill
def test_keys_of_the_evening_open_it(held: Session, council: Council) -> None:
    builder.set_rules(held, council, trust__meeting="evening")
    for at, exponent in enumerate(EXPONENTS):
        document = trustee.make_single(OTHER, exponent, rand_scalar)
        count_key.add(held, council.meeting, council.members[at], document.decode(), db.clock(held))
    held.commit()
    round_ = deciding.close(held, council, CHOICES)
    counting.count_round(round_.id)
    held.expire_all()
    for at, exponent in enumerate(EXPONENTS):
        question = only_question(held, round_)
        setup, total, _ = releasing.tallied(held, question)
        parts = {question.id: count_part.part_of(setup, total, exponent)}
        releasing.release(held, round_, council.members[at], parts, db.clock(held))
        held.commit()
    assert accepted(held, only_question(held, round_)).partials == 2


def test_an_evening_key_in_the_other_group_is_refused_or_serves_no_round(
    held: Session, council: Council
) -> None:
    builder.set_rules(held, council, trust__meeting="evening")
    old = trustee.make_single(by_name("Ed25519"), EXPONENTS[0], rand_scalar).decode()
    first, second = council.members[:2]
    with pytest.raises(Refused, match="count_key_broken"):
        count_key.add(held, council.meeting, first, old, db.clock(held))
    builder.set_rules(held, council, ballot__group="ed25519")
    count_key.add(held, council.meeting, first, old, db.clock(held))
    builder.set_rules(held, council, ballot__group="belenios_2048")
    new = trustee.make_single(OTHER, EXPONENTS[1], rand_scalar).decode()
    count_key.add(held, council.meeting, second, new, db.clock(held))
    round_ = builder.prepare_round(held, council)
    with pytest.raises(Refused, match="evening_keys_missing"):
        builder.open_round(held, round_)


def test_the_key_of_a_commission_serves_rounds_of_its_group(
    held: Session, council: Council, client_of: Callable[..., Browser]
) -> None:
    builder.set_rules(held, council, trust__meeting="commission")
    three = [council.members[4], council.moderators[0], council.members[1]]
    commission = term_key.put_in_force(held, council, three, term_key.make())
    with pytest.raises(Refused, match="commission_other_group"):
        builder.open_round(held, builder.prepare_round(held, council))
    held.rollback()
    builder.set_rules(held, council, trust__circular="commission")
    assert count_key.lacks_commission(held, council.body.id, db.clock(held))
    page = client_of(council.moderators[0]).get(f"/commission/bodies/{council.body.id}").text
    assert "Dieser Schlüssel passt nicht mehr zu den Regeln." in page
    commission.state = "ended"
    term_key.put_in_force(held, council, three, term_key.make(OTHER), OTHER)
    round_ = builder.open_round(held, builder.prepare_round(held, council))
    board = held.get_one(Board, only_question(held, round_).id)
    assert board.group == OTHER.name


def test_a_new_commission_makes_its_key_in_the_group_of_the_rules(
    held: Session, council: Council
) -> None:
    people = council.members[:3]
    made = appointing.appoint(held, council.body, council.term, people, datetime.now(UTC))
    assert made.group == OTHER.name


def test_who_has_no_point_there_has_no_key(held: Session, council: Council) -> None:
    late = council.members[0]
    key = select(VotingKey).where(VotingKey.member_id == late.id, VotingKey.group == OTHER.name)
    held.delete(held.exec(key).one())
    held.commit()
    round_ = builder.prepare_round(held, council)
    assert electoral_roll.without_key(held, round_) == [late]
    builder.open_round(held, round_)
    phones = {council.phones[each.id].point_in(OTHER.name) for each in council.members}
    assert set(electoral_roll.credentials(held, round_).values()) < phones


def test_a_round_keeps_the_group_it_was_prepared_with(held: Session, area: Council) -> None:
    round_ = builder.prepare_round(held, area)
    builder.take_other_group(held, area)
    builder.open_round(held, round_)
    assert held.get_one(Board, only_question(held, round_).id).group == "Ed25519"
    assert builder.prepare_round(held, area).group == OTHER.name


def test_practice_is_in_the_same_group(held: Session, council: Council) -> None:
    round_ = practising.practise(held, council.body, council.meeting, datetime.now(UTC))
    assert held.get_one(Board, only_question(held, round_).id).group == OTHER.name


def test_a_phone_is_told_its_point_in_that_group(
    held: Session, council: Council, client_of: Callable[..., Browser]
) -> None:
    round_ = builder.prepare_round(held, council)
    opening.open_round(held, round_, datetime.now(UTC))
    held.commit()
    member = council.members[0]
    state = client_of(member).get(f"/booth/{round_.id}/state").json
    assert state["group"] == OTHER.name
    point = council.phones[member.id].point_in(OTHER.name)
    assert [each["point"] for each in state["questions"]] == [point]


def test_paper_numbers_are_in_the_same_group(held: Session, council: Council) -> None:
    round_ = builder.prepare_round(held, council)
    officer, now = council.moderators[0], datetime.now(UTC)

    def register(group: Group) -> None:
        points = [group.text(group.power_g(exponent)) for exponent in EXPONENTS]
        about = (f"{round_.id}-paper-1", f"officer-{officer.id}")
        proof = make_enrolment(group, *about, EXPONENTS[0], rand_scalar).document()
        sent = {"points": points, "proof": proof, "reason": "Zwei sind ohne Handy da."}
        numbers.register(held, round_, officer, sent, now)

    with pytest.raises(Refused, match="bad_request"):
        register(by_name("Ed25519"))
    register(OTHER)
    made = [each.point for each in numbers.numbers(held, round_)]
    assert made == [OTHER.text(OTHER.power_g(exponent)) for exponent in EXPONENTS]
