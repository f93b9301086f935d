"""What becomes of a question that was taken out."""

from collections.abc import Callable
from typing import Any

import pytest

from voting.errors import LawError
from voting.rules import follow_up, outcome
from voting.rules.majority import Ballots
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

MakeProcedure = Callable[..., Procedure]


@pytest.mark.parametrize(
    ("roll", "rules", "follows"),
    [
        ((4, 0, 10), {}, "poll"),
        ((4, 0, 10), {"no_quorum__effect": "postpone"}, "postpone"),
        ((4, 0, 10), {"no_quorum__effect": "circular_after"}, "circular"),
        ((0, 0, 10), {}, "postpone"),
        ((5, 5, 10), {"resident_majority": "present"}, "postpone"),
        ((4, 0, 4), {"ballot__secrecy": "secret", "small_roll__effect": "open_vote"}, "open_vote"),
        ((4, 0, 4), {"ballot__secrecy": "secret", "small_roll__effect": "postpone"}, "postpone"),
    ],
)
def test_a_question_taken_out_at_opening(
    procedure: MakeProcedure, roll: tuple[int, int, int], rules: dict[str, Any], follows: str
) -> None:
    residents, partners, seats = roll
    facts = RollFacts(seats, residents, partners, absent=seats - residents - partners)
    stopped = outcome.at_opening(facts, procedure(**rules))
    assert stopped is not None
    assert follow_up.of(stopped, procedure(**rules)) == follows


def test_what_was_voted_on_is_followed_by_nothing(procedure: MakeProcedure) -> None:
    facts = RollFacts(9, 4, 5)
    for rules, ballots in (
        (procedure(), Ballots(9, 0, 0)),
        (procedure(), Ballots(0, 9, 0)),
        (procedure(mode="circular"), Ballots(2, 0, 0)),
        (procedure(ballot__secrecy="secret"), Ballots(2, 0, 0)),
        (procedure(resident_majority="cast"), Ballots(9, 0, 0)),
    ):
        turnout = Turnout(ballots.received, min(4, ballots.received), max(0, ballots.received - 4))
        assert follow_up.of(outcome.decide(facts, rules, turnout, ballots), rules) is None


def test_a_small_roll_asks_for_its_rule(procedure: MakeProcedure) -> None:
    rules = procedure(ballot__secrecy="secret")
    stopped = outcome.at_opening(RollFacts(4, 4, 0), rules)
    assert stopped is not None
    with pytest.raises(LawError) as refusal:
        follow_up.of(stopped, rules)
    assert refusal.value.facts == {"name": "small_roll.effect"}
