"""One of several options, by most votes or by more than half."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.errors import InputError, LawError
from voting.rules import choice
from voting.rules.choice import Chosen
from voting.rules.procedure import Procedure

HALF = {"choice.rule": "more_than_half", "majority.base": "yes_no"}
CAST = {"choice.rule": "more_than_half", "majority.base": "cast"}
MOST = {"choice.rule": "most_votes", "tie.rule": "lot"}


@pytest.mark.parametrize(
    ("rules", "votes", "abstain", "expected"),
    [
        (MOST, {"A": 8, "B": 7}, 9, Chosen("adopted", 0, "A")),
        (MOST, {"A": 7, "B": 7}, 1, Chosen("tie_lot", 0, None, ("A", "B"))),
        (MOST, {"A": 7, "B": 2, "C": 7}, 0, Chosen("tie_lot", 0, None, ("A", "C"))),
        (MOST | {"tie.rule": "repeat"}, {"A": 7, "B": 7}, 0, Chosen("tie_repeat", 0)),
        (MOST | {"tie.rule": "reject"}, {"A": 7, "B": 7}, 0, Chosen("tie_reject", 0)),
        (MOST, {"A": 9, "B": 3, "C": 3}, 0, Chosen("adopted", 0, "A")),
        (HALF, {"A": 8, "B": 7}, 9, Chosen("adopted", 8, "A")),
        (CAST, {"A": 8, "B": 7}, 9, Chosen("rejected", 13)),
        (HALF, {"A": 7, "B": 7}, 0, Chosen("rejected", 8)),
        (HALF, {"A": 7, "B": 5, "C": 3}, 0, Chosen("runoff", 8)),
        (HALF, {"A": 8, "B": 4, "C": 3}, 0, Chosen("adopted", 8, "A")),
        (HALF, {"A": 0, "B": 0}, 5, Chosen("rejected", 1)),
    ],
)
def test_choices(
    rules: dict[str, Any], votes: dict[str, int], abstain: int, expected: Chosen
) -> None:
    assert choice.decide(votes, abstain, Procedure(rules)) == expected


def test_a_rule_is_asked_for_only_where_it_decides() -> None:
    assert choice.decide({"A": 2, "B": 1}, 0, Procedure({"choice.rule": "most_votes"})).winner
    with pytest.raises(LawError) as tie:
        choice.decide({"A": 1, "B": 1}, 0, Procedure({"choice.rule": "most_votes"}))
    assert tie.value.facts == {"name": "tie.rule"}
    with pytest.raises(LawError) as base:
        choice.decide({"A": 2, "B": 1}, 0, Procedure({"choice.rule": "more_than_half"}))
    assert base.value.facts == {"name": "majority.base"}


@pytest.mark.parametrize(
    ("votes", "abstain", "reason"),
    [
        ({"A": 5}, 0, "options_missing"),
        ({"A": 5, "B": -1}, 0, "ballots_negative"),
        ({"A": 5, "B": 1}, -1, "ballots_negative"),
    ],
)
def test_papers_that_cannot_be_are_refused(
    votes: dict[str, int], abstain: int, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        choice.decide(votes, abstain, Procedure(MOST))


VOTES = st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9), min_size=2)
RULES = st.sampled_from([MOST, HALF, CAST])


@given(VOTES, st.integers(0, 9), RULES, st.randoms())
def test_the_order_of_the_options_decides_nothing(
    votes: dict[str, int], abstain: int, rules: dict[str, Any], random: Any
) -> None:
    shuffled = list(votes.items())
    random.shuffle(shuffled)
    first = choice.decide(votes, abstain, Procedure(rules))
    second = choice.decide(dict(shuffled), abstain, Procedure(rules))
    assert (first.code, first.winner, set(first.needs_lot)) == (
        second.code,
        second.winner,
        set(second.needs_lot),
    )


@given(VOTES, st.integers(0, 9), RULES)
def test_a_winner_has_the_most_votes_and_the_required_ones(
    votes: dict[str, int], abstain: int, rules: dict[str, Any]
) -> None:
    found = choice.decide(votes, abstain, Procedure(rules))
    assert (found.winner is not None) is (found.code == "adopted")
    if found.winner:
        others = [count for option, count in votes.items() if option != found.winner]
        assert votes[found.winner] > max(others)
        assert votes[found.winner] >= found.required
        more = votes | {found.winner: votes[found.winner] + 1}
        assert choice.decide(more, abstain, Procedure(rules)).winner == found.winner
