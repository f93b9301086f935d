"""Votes that the worked scenarios leave out: circular, shared seats, small rolls."""

from typing import Any

import pytest

from tests.voting.rules.conftest import COMPLETE
from voting.scenario import run

RULES = {**COMPLETE, "majority.rule": "two_thirds"}
SEATS = [{"seat": f"R{n}", "segment": "resident", "holders": [f"m{n}"]} for n in range(9)]


def judged(given: dict[str, Any], **rules: Any) -> dict[str, Any]:
    named = {name.replace("__", "."): value for name, value in rules.items()}
    given = {"rules": RULES | named, "mode": "meeting", "seats": SEATS, **given}
    return run.results([{"id": "X", "kind": "vote", "input": given}])[0]["result"]


@pytest.mark.parametrize(
    ("ballots", "outcome", "have"),
    [
        ({"yes": 5, "no": 0, "abstain": 0}, "not_quorate", 5),
        ({"yes": 5, "no": 0, "abstain": 0, "invalid": 1}, "adopted", 6),
    ],
)
def test_a_circular_vote_has_its_quorum_in_the_box(
    ballots: dict[str, int], outcome: str, have: int
) -> None:
    found = judged({"mode": "circular", "absent": ["m8"], "ballots": ballots})
    assert (found["roll_size"], found["announced"][0]["quorum_have"]) == (8, None)
    assert found["announced"][0]["quorate"] is None
    assert (found["outcome"], found["quorum_have"]) == (outcome, have)
    assert found["binding"] is (outcome == "adopted")


def test_a_small_secret_roll_cannot_open_and_needs_no_ballots() -> None:
    found = judged(
        {"present": ["m0", "m1", "m2", "m3"]}, ballot__secrecy="secret", quorum__rule="none"
    )
    assert (found["outcome"], found["required_yes"], found["binding"]) == (
        "cannot_open",
        None,
        False,
    )


def test_an_empty_roll_announces_no_number_of_yes() -> None:
    found = judged({"present": []})
    assert found["announced"][0]["required_yes_announced"] is None
    assert found["outcome"] == "cannot_open"


def test_the_rule_for_scenarios_is_the_majority_whatever_else_is_named() -> None:
    everybody = [f"m{n}" for n in range(9)]
    ballots = {"yes": 6, "no": 3, "abstain": 0}
    given = {"present": everybody, "ballots": ballots}
    assert judged(given)["required_yes"] == 6
    assert judged(given, majority__rule="unanimous")["required_yes"] == 9
