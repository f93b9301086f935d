"""How many yes votes a question needs, for every number of people: the rules' own figures."""

from collections.abc import Sequence
from typing import NamedTuple

from voting.rules import majority, what_if
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.what_if import Row

MOST_RECUSED = 3
MOST_STOOD_IN = 3
# Where these are the base, how many count is known only when the papers are counted.
COUNTED_LATER = ("cast", "yes_no")


class Seats(NamedTuple):
    """The seats of a body, how many have no holder, and how many people may stand in."""

    all: int
    vacant: int
    stand_ins: int


class Line(NamedTuple):
    """For this number: the yes votes needed with nobody recused, with one, and so on.

    None where the question may not be voted on then.
    """

    number: int
    needed: Sequence[int | None]


def vacancies(procedure: Procedure, seats: Seats) -> list[int]:
    """How many seats may stay without a vote: all vacant ones, or fewer where somebody stands in.

    A vacant seat for which somebody votes counts as filled.
    """
    rules = procedure.parameters
    stands_in = rules.get("deputy.on_vacant") and rules.get("deputy.mode") != "none"
    most = min(seats.vacant, seats.stand_ins, MOST_STOOD_IN) if stands_in else 0
    return [seats.vacant - filled for filled in range(most + 1)]


def by_present(procedure: Procedure, seats: int, vacant: int) -> list[Line]:
    """A line for each number of seats present, recused ones included, most first."""
    rows = {
        (row.present, row.recused): row
        for row in what_if.table(procedure, seats, vacant, MOST_RECUSED)
    }
    return [
        Line(present, [_cell(rows.get((present, n))) for n in range(MOST_RECUSED + 1)])
        for present in range(seats - vacant, 0, -1)
    ]


def _cell(row: Row | None) -> int | None:
    return None if row is None or row.stopped else row.required


def by_counted(procedure: Procedure, seats: int) -> list[Line]:
    """A line for each number of votes that count; none where the base is known before."""
    if procedure.choice("majority.base") not in COUNTED_LATER:
        return []
    return [Line(counted, [_of(procedure, seats, counted)]) for counted in range(seats, 0, -1)]


def _of(procedure: Procedure, seats: int, counted: int) -> int | None:
    facts = RollFacts(seats=seats, residents=counted, partners=0, absent=seats - counted)
    found = majority.announced(facts, procedure)
    return found.required if found else None
