"""A poll needs neither quorum nor residents; a secret one needs the least number of ballots."""

import pytest

from voting.errors import LawError
from voting.rules import outcome, poll
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

RULES = {
    "quorum.rule": "two_thirds",
    "quorum.base": "all_seats",
    "resident_majority": "present",
    "ballot.min_turnout": 5,
}


def facts(residents: int, partners: int = 0) -> RollFacts:
    present = residents + partners
    return RollFacts(seats=18, residents=residents, partners=partners, absent=18 - present)


def test_a_poll_opens_where_a_vote_may_not() -> None:
    rules, few = Procedure(RULES), facts(3, 6)
    stopped = outcome.at_opening(few, rules)
    assert stopped is not None
    assert stopped.code == "poll_only"
    assert poll.can_open(few, rules)


@pytest.mark.parametrize(("secrecy", "least"), [("secret", 5), ("open", 1)])
def test_the_least_number_is_that_of_secrecy(secrecy: str, least: int) -> None:
    rules = Procedure(RULES | {"ballot.secrecy": secrecy})
    assert poll.least(rules) == least
    assert [poll.can_open(facts(n), rules) for n in (least - 1, least)] == [False, True]
    assert [poll.is_counted(n, rules) for n in (least - 1, least)] == [False, True]


def test_an_empty_least_number_is_named() -> None:
    rules = Procedure({"quorum.rule": "half"})
    with pytest.raises(LawError, match="parameter_missing"):
        poll.least(rules)
