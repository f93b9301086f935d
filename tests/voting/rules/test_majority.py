"""The majority rows of the table of formulas and edge cases."""

from collections.abc import Callable

import pytest

from voting.errors import InputError, LawError
from voting.rules import majority
from voting.rules.majority import Ballots, Majority
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]


@pytest.mark.parametrize(
    ("rule", "base", "ballots", "counted", "required"),
    [
        ("two_thirds", "cast", Ballots(9, 3, 3), 15, 10),
        ("two_thirds", "yes_no", Ballots(9, 3, 3), 12, 8),
        ("two_thirds", "present", Ballots(9, 3, 3), 15, 10),
        ("two_thirds", "yes_no", Ballots(0, 0, 15), 0, 1),
        ("more_than_half", "yes_no", Ballots(6, 6, 3), 12, 7),
        ("unanimous", "yes_no", Ballots(5, 0, 1), 5, 5),
        ("unanimous", "present", Ballots(5, 0, 1), 15, 15),
        ("three_quarters", "cast", Ballots(9, 3, 0, 3), 12, 9),
    ],
)
def test_a_majority_of_ballots_or_presence(
    procedure: MakeProcedure,
    facts: MakeFacts,
    rule: str,
    base: str,
    ballots: Ballots,
    counted: int,
    required: int,
) -> None:
    rules = procedure(majority__funding=rule, majority__base=base)
    assert majority.of_tally(facts(15), rules, ballots) == Majority(rule, base, counted, required)


@pytest.mark.parametrize("base", ["present", "cast", "yes_no"])
@pytest.mark.parametrize(
    ("size", "required"), [(9, 6), (10, 7), (11, 8), (12, 8), (17, 12), (20, 14)]
)
def test_the_announced_figure_takes_everybody_to_vote_yes_or_no(
    procedure: MakeProcedure, facts: MakeFacts, base: str, size: int, required: int
) -> None:
    figure = majority.announced(facts(size, seats=25), procedure(majority__base=base))
    assert figure == Majority("two_thirds", base, size, required)


def test_nothing_is_announced_on_an_empty_roll(procedure: MakeProcedure, facts: MakeFacts) -> None:
    assert majority.announced(facts(0, recused=9), procedure()) is None


@pytest.mark.parametrize(
    ("base", "effect", "counted", "required"),
    [
        ("all_seats", "leaves_base", 17, 12),
        ("all_seats", "stays_in_base", 18, 12),
        ("filled_seats", "leaves_base", 14, 10),
        ("filled_seats", "stays_in_base", 15, 10),
    ],
)
def test_a_recused_seat_in_a_base_of_seats(
    procedure: MakeProcedure,
    facts: MakeFacts,
    base: str,
    effect: str,
    counted: int,
    required: int,
) -> None:
    rules = procedure(majority__base=base, recusal__majority=effect)
    roll = facts(12, seats=18, vacant=3, recused=1)
    figure = majority.of_tally(roll, rules, Ballots(12, 0, 0))
    assert (figure.base, figure.required) == (counted, required)


@pytest.mark.parametrize(
    ("base", "effect", "counted", "required"),
    [
        ("present", "leaves_base", 10, 7),
        ("present", "stays_in_base", 12, 8),
        ("cast", "leaves_base", 10, 7),
        ("cast", "stays_in_base", 10, 7),
        ("yes_no", "stays_in_base", 9, 6),
    ],
)
def test_recusal_moves_presence_but_no_base_of_ballots(
    procedure: MakeProcedure,
    facts: MakeFacts,
    base: str,
    effect: str,
    counted: int,
    required: int,
) -> None:
    rules = procedure(majority__base=base, recusal__majority=effect)
    figure = majority.of_tally(facts(10, recused=2), rules, Ballots(7, 2, 1))
    assert (figure.base, figure.required) == (counted, required)


def test_present_means_cast_in_a_circular_vote(procedure: MakeProcedure, facts: MakeFacts) -> None:
    rules = procedure(mode="circular", recusal__majority="stays_in_base")
    figure = majority.of_tally(facts(15, recused=1), rules, Ballots(8, 3, 0, 1))
    assert figure == Majority("two_thirds", "cast", 11, 8)


def test_other_matters_have_their_own_rule(procedure: MakeProcedure, facts: MakeFacts) -> None:
    figure = majority.of_tally(facts(12), procedure(matter="other"), Ballots(6, 6, 0))
    assert figure == Majority("more_than_half", "present", 12, 7)


def test_more_than_half_of_all_jurors(procedure: MakeProcedure, facts: MakeFacts) -> None:
    rules = procedure(majority__funding="more_than_half", majority__base="all_seats")
    assert majority.of_tally(facts(6, seats=9), rules, Ballots(4, 2, 0)).required == 5


def test_recusal_majority_is_asked_for_only_where_it_matters(facts: MakeFacts) -> None:
    rules = {"majority.funding": "two_thirds", "majority.base": "yes_no"}
    assert majority.of_tally(facts(9, recused=1), Procedure(rules), Ballots(6, 3, 0)).base == 9
    present = Procedure(rules | {"majority.base": "present"})
    assert majority.of_tally(facts(9), present, Ballots(6, 3, 0)).base == 9
    with pytest.raises(LawError) as refusal:
        majority.of_tally(facts(9, recused=1), present, Ballots(6, 3, 0))
    assert refusal.value.facts == {"name": "recusal.majority"}


@pytest.mark.parametrize("counts", [(-1, 0, 0), (0, -1, 2), (0, 0, -1), (3, 0, 0, -3)])
def test_there_are_no_negative_ballots(counts: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="ballots_negative"):
        Ballots(*counts)
