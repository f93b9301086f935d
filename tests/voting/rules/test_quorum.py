"""The quorum rows of the table of formulas and edge cases."""

from collections.abc import Callable
from typing import Any

import pytest

from voting.errors import LawError
from voting.rules import quorum
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]


@pytest.mark.parametrize(
    ("rule", "seats", "present", "need", "is_met"),
    [
        ("two_thirds", 29, 20, 20, True),
        ("two_thirds", 29, 19, 20, False),
        ("two_thirds", 18, 12, 12, True),
        ("two_thirds", 25, 9, 17, False),
        ("half", 25, 13, 13, True),
        ("more_than_half", 25, 12, 13, False),
        ("half", 24, 12, 12, True),
        ("more_than_half", 24, 12, 13, False),
        ("none", 24, 1, 0, True),
        ("fixed", 5, 4, 4, True),
        ("fixed", 5, 3, 4, False),
    ],
)
def test_a_quorum_of_seats(
    procedure: MakeProcedure,
    facts: MakeFacts,
    rule: str,
    seats: int,
    present: int,
    need: int,
    is_met: bool,
) -> None:
    rules = procedure(quorum__rule=rule, quorum__fixed=4)
    standing = quorum.at_opening(facts(present, seats=seats), rules)
    assert standing == Quorum(seats, need, present)
    assert standing.is_met is is_met


@pytest.mark.parametrize(
    ("base", "expected", "is_met"),
    [("all_seats", Quorum(15, 10, 9), False), ("filled_seats", Quorum(12, 8, 9), True)],
)
def test_vacant_seats_count_by_the_base(
    procedure: MakeProcedure, facts: MakeFacts, base: str, expected: Quorum, is_met: bool
) -> None:
    standing = quorum.at_opening(facts(9, seats=15, vacant=3), procedure(quorum__base=base))
    assert standing == expected
    assert standing.is_met is is_met


@pytest.mark.parametrize(
    ("effect", "expected", "is_met"),
    [
        ("counts_present", Quorum(12, 8, 8), True),
        ("leaves_presence", Quorum(12, 8, 7), False),
        ("leaves_both", Quorum(11, 8, 7), False),
    ],
)
def test_a_recused_seat_counts_by_the_rule(
    procedure: MakeProcedure, facts: MakeFacts, effect: str, expected: Quorum, is_met: bool
) -> None:
    roll = facts(7, seats=12, recused=1)
    standing = quorum.at_opening(roll, procedure(recusal__quorum=effect))
    assert standing == expected
    assert standing.is_met is is_met


@pytest.mark.parametrize(
    ("received", "effect", "have", "is_met"),
    [
        (7, "counts_present", 8, True),
        (7, "leaves_presence", 7, False),
        (8, "leaves_presence", 8, True),
        (7, "leaves_both", 7, False),
    ],
)
def test_a_circular_vote_counts_ballots_at_the_close(
    procedure: MakeProcedure,
    facts: MakeFacts,
    received: int,
    effect: str,
    have: int,
    is_met: bool,
) -> None:
    rules = procedure(mode="circular", recusal__quorum=effect)
    roll = facts(11, recused=1)
    opening = quorum.at_opening(roll, rules)
    assert (opening.have, opening.is_met) == (None, None)
    closing = quorum.at_close(roll, rules, received)
    assert (closing.have, closing.is_met) == (have, is_met)


def test_in_a_meeting_the_ballots_alter_nothing(procedure: MakeProcedure, facts: MakeFacts) -> None:
    roll, rules = facts(8, seats=12), procedure()
    assert quorum.at_close(roll, rules, 3) == quorum.at_opening(roll, rules)


@pytest.mark.parametrize("name", ["quorum.rule", "quorum.base", "recusal.quorum"])
def test_an_empty_parameter_is_named(facts: MakeFacts, name: str) -> None:
    rules: dict[str, Any] = {
        "quorum.rule": "half",
        "quorum.base": "all_seats",
        "recusal.quorum": "leaves_both",
    }
    del rules[name]
    with pytest.raises(LawError, match="parameter_missing") as refusal:
        quorum.at_opening(facts(5, recused=1), Procedure(rules))
    assert refusal.value.facts == {"name": name}


def test_a_fixed_quorum_needs_its_number(facts: MakeFacts) -> None:
    rules = Procedure({"quorum.rule": "fixed", "quorum.base": "all_seats"})
    with pytest.raises(LawError) as refusal:
        quorum.at_opening(facts(5), rules)
    assert refusal.value.facts == {"name": "quorum.fixed"}
