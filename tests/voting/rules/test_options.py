"""Several options for one or more places: the stages of every question, then most ticks."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting.errors import InputError, LawError
from voting.rules import options
from voting.rules.options import Votes
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]
MakeFacts = Callable[..., RollFacts]
THREE = {"a": 5, "b": 5, "c": 5}
MOST: dict[str, Any] = {"choice__rule": "most_votes", "tie__rule": "lot"}


@pytest.mark.parametrize(
    ("rules", "votes", "places", "code", "chosen", "tied"),
    [
        (MOST, Votes(12, {"a": 7, "b": 4}, 1), 1, "chosen", ("a",), ()),
        (MOST, Votes(12, {"a": 5, "b": 5}, 2), 1, "tie_lot", (), ("a", "b")),
        (
            MOST | {"tie__rule": "reject"},
            Votes(12, {"a": 6, "b": 6}),
            1,
            "tie_reject",
            (),
            ("a", "b"),
        ),
        (
            {"choice__rule": "more_than_half"},
            Votes(12, {"a": 5, "b": 4, "c": 3}),
            1,
            "runoff",
            (),
            (),
        ),
        ({}, Votes(12, {"a": 9, "b": 2, "c": 7}, 1, 2), 2, "chosen", ("a", "c"), ()),
        ({}, Votes(12, {"a": 9, "b": 6, "c": 6}, 0, 2), 2, "tie_lot", ("a",), ("b", "c")),
        ({"tie__rule": "repeat"}, Votes(12, THREE, 0, 3), 2, "tie_repeat", (), ("a", "b", "c")),
        ({}, Votes(12, {"a": 0, "b": 0}, 12, 2), 1, "none_chosen", (), ()),
        (
            {"election__threshold_percent": 50},
            Votes(12, {"a": 6, "b": 5}, 1, 2),
            2,
            "chosen",
            ("a",),
            (),
        ),
    ],
)
def test_the_options_with_most_ticks_get_the_places(
    procedure: MakeProcedure,
    facts: MakeFacts,
    rules: dict[str, Any],
    votes: Votes,
    places: int,
    code: str,
    chosen: tuple[str, ...],
    tied: tuple[str, ...],
) -> None:
    found = options.decide(facts(12), procedure(**rules), Turnout(12), votes, places)
    assert (found.code, found.chosen, found.tied) == (code, chosen, tied)
    assert found.open_places == places - len(chosen)


def test_nothing_is_judged_without_quorum_or_with_too_few_ballots(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    votes = Votes(3, {"a": 3, "b": 0})
    few = options.decide(
        facts(12), procedure(ballot__secrecy="secret", **MOST), Turnout(3), votes, 1
    )
    assert (few.code, few.minimum, few.chosen, few.reveals_all) == ("too_few_ballots", 5, (), None)
    none = options.decide(facts(12, 0, 20), procedure(**MOST), Turnout(3), votes, 1)
    assert none.code == "poll_only"


def test_only_one_tick_for_one_place_needs_the_rule_of_choices(
    procedure: MakeProcedure, facts: MakeFacts
) -> None:
    assert options.needed({}, most=1, places=1) == ["choice.rule"]
    rules = {"choice.rule": "most_votes"}
    assert options.needed(rules, most=1, places=1) == ["choice.rule", "tie.rule"]
    assert options.needed({}, most=2, places=1) == []
    with pytest.raises(LawError):
        options.decide(facts(12), procedure(), Turnout(12), Votes(12, {"a": 7, "b": 5}), 1)


@pytest.mark.parametrize(
    ("votes", "error"),
    [
        ((5, {"a": 3}), "options_missing"),
        ((5, {"a": 3, "b": -1}), "ballots_negative"),
        ((5, {"a": 6, "b": 0}), "votes_too_many"),
    ],
)
def test_impossible_counts_are_refused(votes: tuple[int, dict[str, int]], error: str) -> None:
    with pytest.raises(InputError, match=error):
        Votes(*votes)


def test_a_count_of_other_ballots_is_refused(procedure: MakeProcedure, facts: MakeFacts) -> None:
    votes = Votes(11, {"a": 7, "b": 4})
    with pytest.raises(InputError, match="ballots_mismatch"):
        options.decide(facts(12), procedure(**MOST), Turnout(12), votes, 1)


@settings(max_examples=40)
@given(
    ballots=st.lists(
        st.sets(st.sampled_from("abcd"), min_size=1, max_size=2), min_size=1, max_size=9
    )
)
def test_equal_ballots_are_never_called_different(ballots: list[set[str]]) -> None:
    ticks = {option: sum(option in ballot for ballot in ballots) for option in "abcd"}
    is_equal = all(ballot == ballots[0] for ballot in ballots)
    assert Votes(len(ballots), ticks, 0, 2).are_all_equal == is_equal


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("tie_repeat", ("a", "c")),
        ("runoff", ("a", "b", "c")),
        ("tie_lot", ()),
        ("tie_reject", ()),
        ("chosen", ()),
    ],
)
def test_a_second_ballot_is_between_those_that_are_left(code: str, left: tuple[str, ...]) -> None:
    ticks = {"a": 4, "b": 3, "c": 3, "d": 1}
    assert options.second_ballot(code, ticks, ["a", "c"]) == left
