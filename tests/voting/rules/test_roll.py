"""Section by section: who votes for a seat, who stands in, and what is counted."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError, LawError
from voting.rules.procedure import Procedure
from voting.rules.roll import Reserve, Roll, RollFacts, Seat, resolve

MakeProcedure = Callable[..., Procedure]

LIST = [
    Reserve(2, "n2", "resident"),
    Reserve(1, "n1", "partner"),
    Reserve(3, "n3", "resident"),
]
EVERYBODY = {"a", "b", "c", "d1", "d2", "n1", "n2", "n3"}


def described(roll: Roll[str]) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            place.seat,
            place.state,
            place.entry.member if place.entry else None,
            place.entry.via if place.entry else None,
        )
        for place in roll.places
    ]


def shared_seat(*holders: str) -> list[Seat[str]]:
    return [Seat("S", "partner", holders)]


@pytest.mark.parametrize(
    ("present", "recused", "expected"),
    [
        ({"a", "b"}, set(), ("S", "votes", "a", "holder")),
        ({"b"}, set(), ("S", "votes", "b", "holder")),
        ({"a", "b"}, {"a"}, ("S", "votes", "b", "holder")),
        ({"a"}, {"a"}, ("S", "recused", None, None)),
        (set(), {"a"}, ("S", "absent", None, None)),
        (set(), set(), ("S", "absent", None, None)),
        ({"a", "b"}, {"a", "b"}, ("S", "recused", None, None)),
    ],
)
def test_the_first_holder_present_and_not_recused_votes(
    procedure: MakeProcedure,
    present: set[str],
    recused: set[str],
    expected: tuple[str, str, str | None, str | None],
) -> None:
    roll = resolve(shared_seat("a", "b"), procedure(), present=present, recused=recused)
    assert described(roll) == [expected]


@pytest.mark.parametrize(
    ("present", "state"), [({"a", "b"}, "recused"), ({"b"}, "recused"), (set(), "absent")]
)
def test_one_recused_holder_blocks_a_seat_shared_as_one(
    procedure: MakeProcedure, present: set[str], state: str
) -> None:
    rules = procedure(recusal__shared_seat="seat")
    roll = resolve(shared_seat("a", "b"), rules, present=present, recused={"a"})
    assert described(roll) == [("S", state, None, None)]


def test_in_a_circular_vote_everybody_counts_as_present_except_the_absent(
    procedure: MakeProcedure,
) -> None:
    seats = [Seat("A", "resident", ("a",)), Seat("B", "resident", ("b",))]
    roll = resolve(seats, procedure(mode="circular"), present={"b"}, absent={"b"})
    assert described(roll) == [("A", "votes", "a", "holder"), ("B", "absent", None, None)]


@pytest.mark.parametrize("mode", ["personal", "pool", "reserve_list"])
@pytest.mark.parametrize(
    ("flag", "seat", "state"),
    [
        ("deputy__on_absence", Seat("S", "resident", ("x",), ("d1", "d2")), "absent"),
        ("deputy__on_recusal", Seat("S", "resident", ("a",), ("d1", "d2")), "recused"),
        ("deputy__on_vacant", Seat("S", "resident", (), ("d1", "d2")), "vacant"),
    ],
)
def test_stand_ins_come_when_the_flag_of_the_state_is_set(
    procedure: MakeProcedure, mode: str, flag: str, seat: Seat[str], state: str
) -> None:
    there: dict[str, Any] = {"present": EVERYBODY, "recused": {"a"}, "reserves": LIST}
    closed = resolve([seat], procedure(deputy__mode=mode), **there)
    assert described(closed) == [("S", state, None, None)]
    opened = resolve([seat], procedure(deputy__mode=mode, **{flag: True}), **there)
    member = "d1" if mode == "personal" else "n2"
    via = "deputy" if mode == "personal" else mode
    assert described(opened) == [("S", state, member, via)]
    nobody = resolve([seat], procedure(deputy__mode="none", **{flag: True}), **there)
    assert described(nobody) == [("S", state, None, None)]


def test_an_unbound_list_goes_by_rank_alone_and_the_vote_keeps_the_seats_segment(
    procedure: MakeProcedure,
) -> None:
    rules = procedure(
        deputy__mode="reserve_list", deputy__on_absence=True, deputy__segment_bound=False
    )
    seats = [Seat("S", "resident", ("x",))]
    roll = resolve(seats, rules, present=EVERYBODY, reserves=LIST)
    assert [(entry.member, entry.segment) for entry in roll.entries] == [("n1", "resident")]


def test_a_stand_in_is_there_not_recused_without_seat_and_not_elsewhere(
    procedure: MakeProcedure,
) -> None:
    rules = procedure(deputy__mode="personal", deputy__on_absence=True)
    seats = [
        Seat("S1", "resident", ("x1",), ("gone", "mine", "a", "d1")),
        Seat("S2", "resident", ("x2",), ("d1", "d2")),
        Seat("S3", "resident", ("x3",), ("d2",)),
        Seat("S4", "resident", ("a",)),
    ]
    roll = resolve(seats, rules, present={"mine", "a", "d1", "d2"}, recused={"mine"})
    assert described(roll) == [
        ("S1", "absent", "d1", "deputy"),
        ("S2", "absent", "d2", "deputy"),
        ("S3", "absent", None, None),
        ("S4", "votes", "a", "holder"),
    ]


def test_the_facts_of_the_public_line(procedure: MakeProcedure) -> None:
    rules = procedure(deputy__mode="reserve_list", deputy__on_absence=True, deputy__on_vacant=True)
    seats = [Seat(f"R{n}", "resident", (f"r{n}",)) for n in range(6)]
    seats += [Seat(f"P{n}", "partner", (f"p{n}",)) for n in range(4)]
    seats.append(Seat("R6", "resident"))
    present = {"r0", "r1", "r2", "r3", "p0", "p1", "p2", "p3", "n2", "n3"}
    roll = resolve(seats, rules, present=present, recused={"p3"}, reserves=LIST)
    assert roll.facts == RollFacts(
        seats=11, residents=6, partners=3, vacant=1, recused=1, absent=0, for_absent=2
    )
    assert (roll.facts.entitled, roll.facts.filled, roll.facts.stand_ins) == (9, 10, 2)


def test_a_vacant_seat_with_a_stand_in_counts_as_filled(procedure: MakeProcedure) -> None:
    rules = procedure(deputy__mode="pool", deputy__on_vacant=True)
    seats = [Seat("V1", "resident"), Seat("V2", "resident"), Seat("V3", "partner")]
    roll = resolve(seats, rules, present={"n2"}, reserves=LIST)
    assert (roll.facts.filled, roll.facts.vacant, roll.facts.for_vacant) == (1, 2, 1)


@pytest.mark.parametrize(
    ("seats", "reason"),
    [
        ([Seat("S", "resident", ("a",)), Seat("S", "resident", ("b",))], "seat_twice"),
        ([Seat("S", "resident", ("a",)), Seat("T", "partner", ("b", "a"))], "holder_twice"),
        ([Seat("S", "resident", ("a", "a"))], "holder_twice"),
    ],
)
def test_a_roster_that_gives_a_member_two_votes_is_refused(
    procedure: MakeProcedure, seats: list[Seat[str]], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        resolve(seats, procedure(), present={"a", "b"})


def test_parameters_are_asked_for_only_where_they_matter() -> None:
    empty = Procedure({})
    plain = [Seat("S", "resident", ("a",)), Seat("T", "resident", ("b", "c"))]
    assert len(resolve(plain, empty, present={"a"}, recused={"a"}).places) == 2
    with pytest.raises(LawError) as shared:
        resolve(plain, empty, present={"b"}, recused={"b"})
    assert shared.value.facts == {"name": "recusal.shared_seat"}
    with pytest.raises(LawError) as deputies:
        resolve(plain, empty, reserves=LIST)
    assert deputies.value.facts == {"name": "deputy.mode"}


def test_numbers_serve_as_ids_too(procedure: MakeProcedure) -> None:
    roll = resolve([Seat(7, "resident", (1, 2))], procedure(), present=[2])
    assert [(entry.seat, entry.member) for entry in roll.entries] == [(7, 2)]


MEMBERS = st.sampled_from([f"m{number}" for number in range(12)])
GROUPS = st.sets(MEMBERS)


@st.composite
def rosters(draw: st.DrawFn) -> list[Seat[str]]:
    free = draw(st.permutations([f"m{number}" for number in range(12)]))
    seats = []
    for number in range(draw(st.integers(0, 7))):
        holders = tuple(free[: draw(st.integers(0, 3))])
        free = free[len(holders) :]
        segment = draw(st.sampled_from(["resident", "partner"]))
        deputies = tuple(draw(st.lists(MEMBERS, max_size=3)))
        seats.append(Seat(f"S{number}", segment, holders, deputies))
    return seats


@given(
    rosters(),
    GROUPS,
    GROUPS,
    GROUPS,
    st.lists(st.builds(Reserve, st.integers(1, 9), MEMBERS, st.just("resident")), max_size=4),
    st.fixed_dictionaries(
        {
            "deputy.mode": st.sampled_from(["none", "personal", "pool", "reserve_list"]),
            "deputy.on_absence": st.booleans(),
            "deputy.on_recusal": st.booleans(),
            "deputy.on_vacant": st.booleans(),
            "deputy.segment_bound": st.booleans(),
            "recusal.shared_seat": st.sampled_from(["person", "seat"]),
        }
    ),
    st.sampled_from(["meeting", "circular"]),
)
def test_whatever_the_roster_nobody_votes_twice_or_unlawfully(
    seats: list[Seat[str]],
    present: set[str],
    absent: set[str],
    recused: set[str],
    reserves: list[Reserve[str]],
    rules: dict[str, Any],
    mode: Any,
) -> None:
    there: dict[str, Any] = {"present": present, "absent": absent, "recused": recused}
    roll = resolve(seats, Procedure(rules, mode), reserves=reserves, **there)
    members = [entry.member for entry in roll.entries]
    assert len(set(members)) == len(members)
    assert recused.isdisjoint(members)
    assert absent.isdisjoint(members) if mode == "circular" else present.issuperset(members)
    assert [place.seat for place in roll.places] == [seat.id for seat in seats]
    facts = roll.facts
    assert facts.entitled + facts.vacant + facts.recused + facts.absent == facts.seats
    if rules["deputy.mode"] == "none":
        assert {entry.via for entry in roll.entries} <= {"holder"}
        assert facts.stand_ins == 0


@given(rosters(), GROUPS, GROUPS, st.randoms(), st.sampled_from(["person", "seat"]))
def test_the_order_of_seats_and_holders_changes_no_figure(
    seats: list[Seat[str]], present: set[str], recused: set[str], random: Any, shared: str
) -> None:
    rules = Procedure({"deputy.mode": "none", "recusal.shared_seat": shared})
    shuffled = [
        Seat(seat.id, seat.segment, tuple(random.sample(seat.holders, len(seat.holders))))
        for seat in random.sample(seats, len(seats))
    ]
    plain = [Seat(seat.id, seat.segment, seat.holders) for seat in seats]
    first = resolve(plain, rules, present=present, recused=recused)
    assert resolve(shuffled, rules, present=present, recused=recused).facts == first.facts


@given(
    rosters(),
    st.lists(MEMBERS, unique=True),
    st.lists(MEMBERS, unique=True),
    st.randoms(),
    st.sampled_from(["personal", "pool", "reserve_list"]),
)
def test_the_order_of_the_lists_changes_nobody_on_the_roll(
    seats: list[Seat[str]], present: list[str], recused: list[str], random: Any, mode: str
) -> None:
    flags = {f"deputy.on_{state}": True for state in ("absence", "recusal", "vacant")}
    rules = Procedure({"deputy.mode": mode, "recusal.shared_seat": "person", **flags})
    first = resolve(seats, rules, present=present, recused=recused, reserves=LIST)
    for each in (present, recused):
        random.shuffle(each)
    reserves = random.sample(LIST, len(LIST))
    again = resolve(seats, rules, present=present, recused=recused, reserves=reserves)
    assert again == first


def test_a_resolved_roll_never_changes(procedure: MakeProcedure) -> None:
    rules = procedure(deputy__mode="reserve_list", deputy__on_absence=True)
    seats = [Seat("A", "resident", ("a",)), Seat("B", "resident", ("b",))]
    present, recused, reserves = {"a", "n2"}, set[str](), list(LIST)
    roll = resolve(seats, rules, present=present, recused=recused, reserves=reserves)
    before = (described(roll), roll.facts)
    seats.append(Seat("C", "resident", ("c",)))
    present |= {"b", "c"}
    recused.add("a")
    reserves.clear()
    assert (described(roll), roll.facts) == before
    for frozen, name in ((roll, "places"), (roll.places[0], "entry"), (roll.facts, "residents")):
        with pytest.raises(AttributeError):
            setattr(frozen, name, None)
