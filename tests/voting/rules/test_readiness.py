"""What a body is ready for, weeks before the evening."""

from typing import Any

import pytest

from voting.rules import readiness
from voting.rules.parameter import CATALOGUE, needed, preset
from voting.rules.readiness import CASES, Readiness

COMPLETE: dict[str, Any] = {
    "quorum.rule": "two_thirds",
    "quorum.base": "filled_seats",
    "majority.funding": "two_thirds",
    "majority.other": "more_than_half",
    "majority.base": "present",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
    "recusal.shared_seat": "person",
    "deputy.mode": "personal",
    "deputy.on_absence": True,
    "deputy.on_recusal": False,
    "deputy.on_vacant": False,
    "ballot.min_turnout": 5,
    "small_roll.effect": "postpone",
    "circular.allowed": "yes",
    "choice.rule": "most_votes",
    "tie.rule": "lot",
    "election.ballot": "yes_no_per_candidate",
    "election.yes_over_no": True,
    "objection.days": 14,
    "annul.by": "officers",
}


def judged(parameters: dict[str, Any]) -> dict[str, Readiness]:
    return {each.case: each for each in readiness.of(parameters)}


def test_complete_rules_are_ready_for_everything() -> None:
    assert [each.case for each in readiness.of(COMPLETE)] == list(CASES)
    assert all(each.is_ready for each in readiness.of(COMPLETE))


@pytest.mark.parametrize(
    ("name", "blocked"),
    [
        ("majority.other", {"other"}),
        ("recusal.majority", {"recusals", "shared_seats"}),
        ("recusal.shared_seat", {"shared_seats"}),
        ("deputy.on_vacant", {"stand_ins"}),
        ("circular.allowed", {"circular"}),
        ("small_roll.effect", {"small_roll"}),
        ("choice.rule", {"choice"}),
        ("tie.rule", {"choice", "election"}),
        ("election.ballot", {"election"}),
        ("election.yes_over_no", {"election"}),
        ("objection.days", {"objections"}),
        ("annul.by", {"objections"}),
        (
            "quorum.base",
            {"funding", "other", "recusals", "shared_seats", "stand_ins", "circular", "choice"},
        ),
    ],
)
def test_an_empty_parameter_blocks_what_needs_it(name: str, blocked: set[str]) -> None:
    found = judged({key: value for key, value in COMPLETE.items() if key != name})
    assert {case for case, each in found.items() if not each.is_ready} == blocked
    assert all(found[case].missing == (name,) for case in blocked)
    assert all(found[case].is_possible for case in blocked)


@pytest.mark.parametrize(
    ("name", "value", "case"),
    [
        ("circular.allowed", "no", "circular"),
        ("deputy.mode", "none", "stand_ins"),
        ("objection.days", 0, "objections"),
    ],
)
def test_what_the_rules_forbid_is_not_possible(name: str, value: object, case: str) -> None:
    found = judged({**COMPLETE, name: value})[case]
    assert found == Readiness(case, (), is_possible=False)
    assert not found.is_ready


def test_an_open_vote_has_no_minimum() -> None:
    found = judged({"ballot.secrecy": "open"})
    assert found["poll"].is_ready
    assert found["small_roll"].is_ready


def test_a_lot_without_strata_is_ready_with_strata_it_asks() -> None:
    assert judged({})["lot"].is_ready
    assert judged({"lot.quota": {"Nord": 3}})["lot"].missing == ("lot.unfilled",)


def test_a_template_alone_is_ready_for_a_poll_only() -> None:
    ready = [each.case for each in readiness.of(preset("council")) if each.is_ready]
    assert ready == ["lot", "poll"]


def test_only_parameters_of_the_catalogue_are_asked_for() -> None:
    asked = {name for each in readiness.of({}) for name in each.missing}
    assert asked <= CATALOGUE.keys()
    assert "small_roll.effect" in needed({}, small_roll=True)
