"""Every parameter of the catalogue changes an outcome; a new one must be shown to do so here."""

from typing import Any

import pytest

from tests.voting.rules import effects_of_votes, effects_on_bodies
from tests.voting.rules.conftest import COMPLETE
from voting.rules import outcome
from voting.rules.parameter import CATALOGUE
from voting.rules.procedure import Procedure
from voting.rules.roll import Seat, resolve

EFFECTS = {**effects_of_votes.EFFECTS, **effects_on_bodies.EFFECTS}


def found(name: str, value: Any) -> Any:
    read, _ = EFFECTS[name]
    chosen = {"a": 1, "b": 2} if value == "quota" else value
    return read(Procedure({**COMPLETE, name: chosen}))


def test_no_parameter_is_without_effect_but_the_one_that_has_no_choice() -> None:
    fixed = {each.name for each in CATALOGUE.values() if len(each.allowed) == 1}
    assert fixed == {"quorum.recheck"}
    assert EFFECTS.keys() == CATALOGUE.keys() - fixed


@pytest.mark.parametrize("name", EFFECTS)
def test_a_parameter_changes_an_outcome(name: str) -> None:
    _, expected = EFFECTS[name]
    assert {value: found(name, value) for value in expected} == expected
    outcomes = [repr(each) for each in expected.values()]
    assert len(set(outcomes)) > 1


@pytest.mark.parametrize("name", EFFECTS)
def test_a_parameter_without_effect_would_be_noticed(name: str) -> None:
    _, expected = EFFECTS[name]
    first = next(iter(expected))
    assert any(found(name, first) != outcome for outcome in expected.values())


def test_attendance_is_recomputed_at_every_arrival() -> None:
    """`quorum.recheck` knows only this: each roll is judged as it stands."""
    seats = [Seat(f"S{n}", "resident", (f"m{n}",)) for n in range(3)]
    rules = Procedure({**COMPLETE, "quorum.recheck": "continuous"})
    met = [
        outcome.announce(resolve(seats, rules, present=there).facts, rules).quorum.is_met
        for there in ({"m0"}, {"m0", "m1"}, {"m1"})
    ]
    assert met == [False, True, False]
