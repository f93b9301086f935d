"""Resolve who may vote on one question: the electoral roll (DOMAIN 4)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, Literal, TypeVar

from voting.errors import InputError
from voting.rules.procedure import Procedure

Id = TypeVar("Id", int, str)
Segment = Literal["resident", "partner"]
State = Literal["votes", "vacant", "recused", "absent"]
Via = Literal["holder", "deputy", "pool", "reserve_list"]

_VIA: dict[str, Via] = {"personal": "deputy", "pool": "pool", "reserve_list": "reserve_list"}
_FLAG = {
    "absent": "deputy.on_absence",
    "recused": "deputy.on_recusal",
    "vacant": "deputy.on_vacant",
}


@dataclass(frozen=True, slots=True)
class Seat(Generic[Id]):
    """Hold a seat with its holders and its own deputies, both in declared order."""

    id: Id
    segment: Segment
    holders: tuple[Id, ...] = ()
    deputies: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Reserve(Generic[Id]):
    """Hold one place on the reserve list, or in the pool."""

    rank: int
    member: Id
    segment: Segment


@dataclass(frozen=True, slots=True)
class RollEntry(Generic[Id]):
    """Name the member who votes for a seat; the segment is the seat's."""

    seat: Id
    segment: Segment
    member: Id
    via: Via


@dataclass(frozen=True, slots=True)
class Place(Generic[Id]):
    """Say what became of a seat: the state of its holders, and its roll entry if it has one.

    An entry beside a state other than `votes` is a stand-in's.
    """

    seat: Id
    state: State
    entry: RollEntry[Id] | None


@dataclass(frozen=True, slots=True)
class RollFacts:
    """Count a roll, without names: all that quorum, majority and the public line need.

    `vacant`, `recused` and `absent` are seats without a stand-in; `for_vacant`, `for_recused` and
    `for_absent` are stand-ins on the roll by the state of the seat they vote for.
    """

    seats: int
    residents: int
    partners: int
    vacant: int = 0
    recused: int = 0
    absent: int = 0
    for_vacant: int = 0
    for_recused: int = 0
    for_absent: int = 0

    @property
    def entitled(self) -> int:
        """Return the size of the roll."""
        return self.residents + self.partners

    @property
    def filled(self) -> int:
        """Return the seats with a holder, and the vacant ones with a stand-in."""
        return self.seats - self.vacant

    @property
    def stand_ins(self) -> int:
        return self.for_vacant + self.for_recused + self.for_absent


@dataclass(frozen=True, slots=True)
class Roll(Generic[Id]):
    """Hold a resolved roll: one place for each seat, in the order of the seats."""

    places: tuple[Place[Id], ...]
    facts: RollFacts

    @property
    def entries(self) -> tuple[RollEntry[Id], ...]:
        return tuple(place.entry for place in self.places if place.entry)


def resolve(
    seats: Sequence[Seat[Id]],
    procedure: Procedure,
    *,
    present: Collection[Id] = (),
    absent: Collection[Id] = (),
    recused: Collection[Id] = (),
    reserves: Iterable[Reserve[Id]] = (),
) -> Roll[Id]:
    """Resolve the roll of one question from the roster of the day.

    In a meeting `present` says who is there; in a circular vote everyone takes part except
    `absent`. `recused` are members; `reserves` is the reserve list, or the pool. Raise InputError
    `seat_twice` or `holder_twice` (one member, one seat) with the `id`, LawError
    `parameter_missing`.
    """
    _require_one_seat_each(seats)
    floor = _Floor(procedure, frozenset(present), frozenset(absent), frozenset(recused))
    stand_ins = _StandIns(floor, seats, reserves)
    places = tuple(_place(seat, floor, stand_ins) for seat in seats)
    return Roll(places, _count(places))


def _require_one_seat_each(seats: Sequence[Seat[Id]]) -> None:
    _require_unique("seat_twice", (seat.id for seat in seats))
    _require_unique("holder_twice", (holder for seat in seats for holder in seat.holders))


def _require_unique(reason: str, ids: Iterable[Id]) -> None:
    for each, times in Counter(ids).items():
        if times > 1:
            raise InputError(reason, id=each)


@dataclass(frozen=True, slots=True)
class _Floor(Generic[Id]):
    """Answer who of the members is there and who may vote."""

    procedure: Procedure
    present: frozenset[Id]
    absent: frozenset[Id]
    recused: frozenset[Id]

    def is_there(self, member: Id) -> bool:
        if self.procedure.is_circular:
            return member not in self.absent
        return member in self.present

    def may_vote(self, member: Id) -> bool:
        return self.is_there(member) and member not in self.recused

    def blocks_whole_seat(self, seat: Seat[Id]) -> bool:
        if len(seat.holders) < 2 or self.recused.isdisjoint(seat.holders):
            return False
        return self.procedure.choice("recusal.shared_seat") == "seat"


def _place(seat: Seat[Id], floor: _Floor[Id], stand_ins: "_StandIns[Id]") -> Place[Id]:
    voter = _voting_holder(seat, floor)
    if voter is not None:
        entry = RollEntry(seat.id, seat.segment, voter, "holder")
        return Place(seat.id, "votes", entry)
    state = _state_without_voter(seat, floor)
    return Place(seat.id, state, stand_ins.take(seat, state))


def _voting_holder(seat: Seat[Id], floor: _Floor[Id]) -> Id | None:
    if floor.blocks_whole_seat(seat):
        return None
    return next((holder for holder in seat.holders if floor.may_vote(holder)), None)


def _state_without_voter(seat: Seat[Id], floor: _Floor[Id]) -> State:
    if not seat.holders:
        return "vacant"
    return "recused" if any(floor.is_there(holder) for holder in seat.holders) else "absent"


class _StandIns(Generic[Id]):
    """Give out stand-ins, each at most once."""

    def __init__(
        self, floor: _Floor[Id], seats: Sequence[Seat[Id]], reserves: Iterable[Reserve[Id]]
    ) -> None:
        self._floor: _Floor[Id] = floor
        self._reserves: list[Reserve[Id]] = sorted(reserves, key=attrgetter("rank"))
        self._taken: set[Id] = {holder for seat in seats for holder in seat.holders}

    def take(self, seat: Seat[Id], state: State) -> RollEntry[Id] | None:
        if not seat.deputies and not self._reserves:
            return None
        procedure = self._floor.procedure
        mode = procedure.choice("deputy.mode")
        if mode == "none" or not procedure.flag(_FLAG[state]):
            return None
        for member in self._candidates(seat, mode):
            if member not in self._taken and self._floor.may_vote(member):
                self._taken.add(member)
                return RollEntry(seat.id, seat.segment, member, _VIA[mode])
        return None

    def _candidates(self, seat: Seat[Id], mode: str) -> Iterable[Id]:
        if mode == "personal":
            return seat.deputies
        bound = self._floor.procedure.flag("deputy.segment_bound")
        return (each.member for each in self._reserves if not bound or each.segment == seat.segment)


def _count(places: Sequence[Place[Id]]) -> RollFacts:
    segments = Counter(place.entry.segment for place in places if place.entry)
    empty = Counter(place.state for place in places if not place.entry)
    stood_in = Counter(place.state for place in places if place.entry)
    return RollFacts(
        seats=len(places),
        residents=segments["resident"],
        partners=segments["partner"],
        vacant=empty["vacant"],
        recused=empty["recused"],
        absent=empty["absent"],
        for_vacant=stood_in["vacant"],
        for_recused=stood_in["recused"],
        for_absent=stood_in["absent"],
    )
