"""Rules and rolls for the tests of this folder."""

from collections.abc import Callable
from typing import Any

import pytest

from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

COMPLETE = {
    "quorum.rule": "two_thirds",
    "quorum.base": "filled_seats",
    "no_quorum.effect": "poll_only",
    "majority.funding": "two_thirds",
    "majority.other": "more_than_half",
    "majority.base": "present",
    "resident_majority": "off",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "recusal.shared_seat": "person",
    "deputy.mode": "none",
    "deputy.on_absence": False,
    "deputy.on_recusal": False,
    "deputy.on_vacant": False,
    "ballot.secrecy": "open",
    "ballot.min_turnout": 5,
}

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]


@pytest.fixture
def procedure() -> MakeProcedure:
    """Make complete rules; keywords replace a value, a double underscore stands for the dot."""

    def make(mode: Any = "meeting", matter: Any = "funding", **values: Any) -> Procedure:
        changed = {name.replace("__", "."): value for name, value in values.items()}
        return Procedure(COMPLETE | changed, mode, matter)

    return make


@pytest.fixture
def facts() -> MakeFacts:
    """Make a roll of residents with nobody absent, unless told otherwise."""

    def make(residents: int, partners: int = 0, seats: int | None = None, **rest: int) -> RollFacts:
        away = rest.get("vacant", 0) + rest.get("recused", 0)
        whole = residents + partners + away if seats is None else seats
        absent = whole - residents - partners - away
        return RollFacts(whole, residents, partners, absent=absent, **rest)

    return make
