"""Seats, stand-ins, presence and recusals of the database become the roll that the rules make."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, select

from app import electoral_roll, rules_of_procedure
from app.board import read_archive
from app.body import day_of, people_of
from app.booth import roll as roll_page
from app.errors import Refused
from app.models import (
    Attendance,
    Body,
    Member,
    Membership,
    Question,
    Recusal,
    RollEntry,
    Round,
)
from app.roster import holding, reserving, seating, standing_in
from app.round import preparing
from tests.app import builder
from tests.app.builder import Council
from voting.rules import roll

STAND_INS = {"deputy__on_absence": True, "deputy__on_recusal": False, "deputy__on_vacant": True}


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def released(held: Session, area: Council) -> None:
    """Two people let the roster change, whatever round is announced or open."""
    builder.release_roster(held, area)


@pytest.fixture
def newcomer(held: Session, area: Council) -> Callable[[str], Member]:
    """`newcomer(name)`: somebody without a place, who has come to the meeting."""

    def make(name: str) -> Member:
        member = Member(area_id=area.area.id, name=name)
        held.add(member)
        held.flush()
        held.add(builder.arrival(area.meeting, member))
        held.flush()
        return member

    return make


def question_of(held: Session, round_: Round) -> Question:
    return preparing.questions_of(held, round_)[0]


def leave_room(held: Session, area: Council, *members: Member) -> None:
    gone = {member.id for member in members}
    here = [each.member for each in people_of(held, area.term, day_of(area.meeting.starts_at))]
    builder.set_present(held, area, [each for each in here if each.id not in gone])


def via_of(resolved: roll.Roll[int]) -> dict[int, tuple[str, str]]:
    return {
        place.entry.member: (place.state, place.entry.via)
        for place in resolved.places
        if place.entry and place.entry.via != "holder"
    }


def test_a_personal_deputy_votes_for_the_absent_seat_only(
    held: Session, area: Council, prepared_round: Any, newcomer: Any, now: datetime
) -> None:
    builder.set_rules(held, area, deputy__mode="personal", **STAND_INS)
    first, second = newcomer("Mina"), newcomer("Ole")
    for each in (first, second):
        standing_in.add_deputy(held, area.seats[0], area.term, each, now)
    round_ = prepared_round()
    assert via_of(electoral_roll.resolve(held, question_of(held, round_))) == {}
    leave_room(held, area, area.members[0], area.members[1])
    resolved = electoral_roll.resolve(held, question_of(held, round_))
    assert via_of(resolved) == {first.id: ("absent", "deputy")}
    assert (resolved.facts.for_absent, resolved.facts.absent) == (1, 1)
    leave_room(held, area, area.members[0], first)
    resolved = electoral_roll.resolve(held, question_of(held, round_))
    assert via_of(resolved) == {second.id: ("absent", "deputy")}


@pytest.mark.parametrize("mode", ["pool", "reserve_list"])
def test_the_list_stands_in_by_rank_for_its_own_group(
    held: Session, area: Council, prepared_round: Any, newcomer: Any, now: datetime, mode: str
) -> None:
    builder.set_rules(held, area, deputy__mode=mode, **STAND_INS)
    kita, first, second = newcomer("Kita"), newcomer("Mina"), newcomer("Ole")
    listed = {"partner": [kita], "resident": [first, second]}
    places = [
        reserving.add_reserve(held, area.term, each, segment, now)
        for segment, people in listed.items()
        for each in people
    ]
    vacated = held.exec(select(Membership).where(Membership.member_id == area.members[2].id)).one()
    seating.vacate(held, vacated, now)
    round_ = prepared_round()
    leave_room(held, area, area.members[0])
    resolved = electoral_roll.resolve(held, question_of(held, round_))
    assert via_of(resolved) == {first.id: ("absent", mode), second.id: ("vacant", mode)}
    reserving.leave(held, places[1], "declined", now)
    resolved = electoral_roll.resolve(held, question_of(held, round_))
    assert via_of(resolved) == {second.id: ("absent", mode)}
    builder.set_rules(held, area, deputy__segment_bound=False)
    resolved = electoral_roll.resolve(held, question_of(held, round_))
    assert via_of(resolved) == {kita.id: ("absent", mode), second.id: ("vacant", mode)}


@pytest.mark.parametrize(("rule", "state"), [("person", "votes"), ("seat", "recused")])
def test_a_shared_seat_with_a_recused_holder(
    held: Session,
    area: Council,
    prepared_round: Any,
    newcomer: Any,
    now: datetime,
    rule: str,
    state: str,
) -> None:
    builder.set_rules(held, area, recusal__shared_seat=rule)
    second = newcomer("Mina")
    seating.share(held, area.seats[0], area.term, second, now)
    round_ = prepared_round(recused={1: [area.members[0]]})
    place = electoral_roll.resolve(held, question_of(held, round_)).places[0]
    assert place.state == state
    assert (place.entry.member if place.entry else None) == (
        second.id if rule == "person" else None
    )


def test_the_order_of_a_shared_seat_decides(
    held: Session, area: Council, prepared_round: Any, newcomer: Any, now: datetime
) -> None:
    second = newcomer("Mina")
    membership = seating.share(held, area.seats[0], area.term, second, now)
    builder.set_rules(held, area, recusal__shared_seat="person")
    question = question_of(held, prepared_round())
    assert electoral_roll.resolve(held, question).entries[0].member == area.members[0].id
    holding.move_holder(held, membership, now, up=True)
    assert electoral_roll.resolve(held, question).entries[0].member == second.id


def test_a_deputy_on_the_roll_casts_a_ballot(
    held: Session,
    area: Council,
    prepared_round: Any,
    newcomer: Any,
    client_of: Any,
    now: datetime,
) -> None:
    builder.set_rules(held, area, deputy__mode="personal", **STAND_INS)
    mina = newcomer("Mina")
    standing_in.add_deputy(held, area.seats[0], area.term, mina, now)
    phone = builder.give_key(held, mina, area.term)
    leave_room(held, area, area.members[0])
    round_ = builder.open_round(held, prepared_round())
    entry = held.exec(select(RollEntry).where(RollEntry.member_id == mina.id)).one()
    assert (entry.seat_id, entry.state, entry.via) == (area.seats[0].id, "absent", "deputy")
    assert entry.credential == phone.point
    submission = builder.make_submission(held, phone, mina, round_, "yes")
    answer = client_of(mina).post(f"/booth/{round_.id}/ballots", json=submission)
    assert answer.status_code == 200
    away = client_of(area.members[0]).get(f"/booth/{round_.id}/questions")
    assert "Sie stehen nicht auf der Liste dieser Abstimmung." in away.text


def frozen(held: Session, round_: Round) -> list[Any]:
    """Everything that was frozen of a round, and what pages and archives make of it."""
    held.expire_all()
    return [
        (
            question.roll_facts,
            question.roll_gaps,
            question.required_yes,
            sorted(
                each.model_dump_json()
                for each in held.exec(select(RollEntry).where(RollEntry.question_id == question.id))
            ),
            read_archive(held, question.id),
        )
        for question in preparing.questions_of(held, round_)
    ] + [
        [(line.seat.position, line.voter, line.state, line.via) for line in table.lines]
        for table in roll_page.tables(held, round_)
    ]


def test_nothing_in_the_roster_changes_an_open_roll(
    held: Session, area: Council, prepared_round: Any, newcomer: Any, now: datetime
) -> None:
    builder.set_rules(
        held, area, deputy__mode="reserve_list", recusal__shared_seat="person", **STAND_INS
    )
    mina, ole, ada = newcomer("Mina"), newcomer("Ole"), newcomer("Ada")
    deputy = standing_in.add_deputy(held, area.seats[1], area.term, mina, now)
    reserving.add_reserve(held, area.term, ole, "resident", now)
    co_holder = seating.share(held, area.seats[2], area.term, ada, now)
    prepared = prepared_round(questions=2, recused={1: [area.members[8]]})
    leave_room(held, area, area.members[0], area.members[7])
    round_ = builder.open_round(held, prepared)
    before = frozen(held, round_)
    assert before[0][1] == {str(area.seats[7].id): "absent", str(area.seats[8].id): "recused"}

    holding.move_holder(held, co_holder, now, up=True)
    standing_in.end_deputy(held, deputy, now)
    for membership in held.exec(select(Membership).where(Membership.seat_id != area.seats[2].id)):
        seating.vacate(held, membership, now, "resigned")
    reserving.move_up(held, area.seats[0], area.term, now)
    seating.give_up(held, area.seats[8], now)
    seating.change_seat(held, area.seats[3], "partner", "Bibliothek")
    seating.add_seats(held, area.body, "resident", ["", ""])
    seating.fill(held, area.seats[4], area.term, area.members[8], now)
    builder.set_rules(held, area, deputy__mode="none", quorum__rule="none")
    builder.set_present(held, area, [])
    held.commit()
    assert frozen(held, round_) == before
    live = electoral_roll.resolve(held, question_of(held, round_))
    assert live.facts.entitled == 0


def test_a_rule_that_the_roll_needs_is_named_before_opening(
    held: Session, area: Council, prepared_round: Any, newcomer: Any, now: datetime
) -> None:
    round_ = prepared_round()
    standing_in.add_deputy(held, area.seats[0], area.term, newcomer("Mina"), now)
    leave_room(held, area, area.members[0])
    with pytest.raises(Refused) as refusal:
        electoral_roll.resolve(held, question_of(held, round_))
    assert refusal.value.code == "roll_unclear"
    assert refusal.value.facts["names"]


def test_a_steering_round_has_no_roll(held: Session, area: Council) -> None:
    body = Body(area_id=area.area.id, kind="steering_round", level="local", name="Runde")
    held.add(body)
    held.flush()
    seating.add_seats(held, body, "senate", ["Senatsverwaltung"])
    assert rules_of_procedure.missing(held, body.id) == []
    with pytest.raises(Refused, match="no_ballots"):
        electoral_roll.seats_on(held, body, None, datetime.now(UTC).date())


def test_any_roster_gives_the_roll_of_its_plain_values(
    held: Session, area: Council, prepared_round: Any
) -> None:
    """Random rosters, stored row by row, resolve as the same values without a database."""
    round_id = prepared_round().id
    met = set()
    for number in range(12):
        resolved = compare_random_roster(held, area, round_id, Random(number))
        met |= {(place.state, place.entry and place.entry.via) for place in resolved.places}
        held.rollback()
    vias = {via for _state, via in met}
    assert vias == {None, "holder", "deputy", "pool", "reserve_list"}
    assert {state for state, via in met if via is None} == {"absent", "recused", "vacant"}


def compare_random_roster(
    held: Session, area: Council, round_id: str, chance: Random
) -> roll.Roll[int]:
    held.expire_all()
    now = datetime.now(UTC)
    seats, reserves, people = scatter(held, area, chance, now)
    rules = {
        "deputy.mode": chance.choice(["none", "personal", "pool", "reserve_list"]),
        "recusal.shared_seat": chance.choice(["person", "seat"]),
        **{
            f"deputy.{name}": chance.random() < 0.6
            for name in ("on_absence", "on_recusal", "on_vacant", "segment_bound")
        },
    }
    area.rules.parameters = {**area.rules.parameters, **rules}
    held.add(area.rules)
    present = [each for each in people if chance.random() < 0.6]
    recused = [each for each in people if chance.random() < 0.15]
    for row in held.exec(select(Attendance)).all():
        held.delete(row)
    held.flush()
    held.add_all(builder.arrival(area.meeting, each) for each in present)
    question = question_of(held, held.get_one(Round, round_id))
    for member in recused:
        recuse(held, question, member, now)
    held.flush()
    expected = roll.resolve(
        seats,
        rules_of_procedure.procedure_of(area.rules),
        present=[each.id for each in present],
        recused=[each.id for each in recused],
        reserves=reserves,
    )
    assert electoral_roll.resolve(held, question) == expected
    return expected


def recuse(held: Session, question: Question, member: Member, now: datetime) -> None:
    held.add(
        Recusal(
            area_id=question.area_id,
            question_id=question.id,
            member_id=member.id,
            declared_at=now,
        )
    )


def scatter(
    held: Session, area: Council, chance: Random, now: datetime
) -> tuple[list[roll.Seat[int]], list[roll.Reserve[int]], list[Member]]:
    """Vacate, share, depute and list at random; return the same as plain values."""
    people = list(area.members)
    holders: dict[int, list[int]] = {}
    deputies: dict[int, list[int]] = {}
    for seat, member in zip(area.seats, area.members, strict=True):
        holders[seat.id], deputies[seat.id] = [member.id], []
        if chance.random() < 0.3:
            row = held.exec(select(Membership).where(Membership.member_id == member.id)).one()
            seating.vacate(held, row, now)
            holders[seat.id] = []
        for number in range(chance.choice([0, 0, 0, 1, 2])):
            extra = stored(held, area, f"Halter {seat.id} {number}", people)
            act = seating.share if holders[seat.id] else seating.fill
            act(held, seat, area.term, extra, now)
            holders[seat.id].append(extra.id)
        for number in range(chance.choice([0, 0, 1, 2])):
            extra = stored(held, area, f"Vertretung {seat.id} {number}", people)
            standing_in.add_deputy(held, seat, area.term, extra, now)
            deputies[seat.id].append(extra.id)
    reserves = []
    for rank in range(1, chance.choice([1, 3, 6])):
        extra = stored(held, area, f"Nachrück {rank}", people)
        segment = chance.choice(["resident", "partner"])
        reserving.add_reserve(held, area.term, extra, segment, now)
        reserves.append(roll.Reserve(rank, extra.id, segment))
    seats = [
        roll.Seat(seat.id, seat.segment, tuple(holders[seat.id]), tuple(deputies[seat.id]))
        for seat in area.seats
    ]
    return seats, reserves, people


def stored(held: Session, area: Council, name: str, people: list[Member]) -> Member:
    member = Member(area_id=area.area.id, name=name)
    held.add(member)
    held.flush()
    people.append(member)
    return member
