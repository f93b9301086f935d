"""Run worked scenarios against the rules. Another file: SCENARIOS=path pytest ..."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from voting.rules import outcome
from voting.rules.majority import Ballots
from voting.rules.outcome import Announcement, Outcome, Turnout
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import Reserve, Roll, Seat, resolve

FILE = Path(os.environ.get("SCENARIOS", Path(__file__).parents[2] / "scenarios.json"))
IMPLEMENTED = {"vote"}
LATER = {"choice", "election", "lot", "round", "money", "steering"}


def scenarios(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["format"] == "kiezvotum-scenarios/1"
    return document["scenarios"]


def votes() -> list[Any]:
    chosen = [each for each in scenarios(FILE) if each["kind"] in IMPLEMENTED]
    return [pytest.param(each, id=each["id"]) for each in chosen]


def procedure_of(given: dict[str, Any]) -> Procedure:
    rules = dict(given["rules"])
    rules["majority.funding"] = rules.pop("majority.rule")
    return Procedure(rules, mode=given["mode"])


def seats_of(given: dict[str, Any]) -> list[Seat[str]]:
    return [
        Seat(
            each["seat"],
            each["segment"],
            tuple(each["holders"]),
            tuple(each.get("deputies", ())),
        )
        for each in given["seats"]
    ]


def presences_of(given: dict[str, Any]) -> list[set[str]]:
    """Who is there at the start and after each change."""
    steps = [set(given.get("present", ()))]
    for change in given.get("changes", ()):
        steps.append((steps[-1] | set(change.get("arrive", ()))) - set(change.get("leave", ())))
    return steps


def rolls_of(given: dict[str, Any], procedure: Procedure) -> list[Roll[str]]:
    return [
        resolve(
            seats_of(given),
            procedure,
            present=present,
            absent=set(given.get("absent", ())),
            recused=set(given.get("recused", ())),
            reserves=[Reserve(**each) for each in given.get("reserve_list", ())],
        )
        for present in presences_of(given)
    ]


def turnout_of(given: dict[str, Any], roll: Roll[str], ballots: Ballots) -> Turnout:
    if given["rules"]["resident_majority"] != "cast":
        return Turnout(ballots.received)
    silent = set(given.get("not_cast", ()))
    segments = [entry.segment for entry in roll.entries if entry.seat not in silent]
    return Turnout(ballots.received, segments.count("resident"), segments.count("partner"))


def quorum_keys(quorum: Quorum) -> dict[str, Any]:
    return {
        "quorum_base": quorum.base,
        "quorum_need": quorum.need,
        "quorum_have": quorum.have,
        "quorate": quorum.is_met,
    }


def announced(announcement: Announcement) -> dict[str, Any]:
    majority = announcement.majority
    return quorum_keys(announcement.quorum) | {
        "roll_size": announcement.entitled,
        "required_yes_announced": majority.required if majority else None,
    }


def judged(decided: Outcome) -> dict[str, Any]:
    return quorum_keys(decided.quorum) | {
        "segment_ok": decided.segment_ok,
        "binding": decided.is_binding,
        "majority_base": decided.majority.base if decided.majority else None,
        "required_yes": decided.majority.required if decided.majority else None,
        "outcome": decided.code,
        "missing_yes": decided.missing_yes,
        "reveals_all": decided.reveals_all,
    }


def run_vote(given: dict[str, Any]) -> dict[str, Any]:
    procedure = procedure_of(given)
    rolls = rolls_of(given, procedure)
    roll, ballots = rolls[-1], Ballots(**given.get("ballots", {"yes": 0, "no": 0, "abstain": 0}))
    turnout = turnout_of(given, roll, ballots)
    return {
        "roll": [
            {"seat": e.seat, "segment": e.segment, "member": e.member, "via": e.via}
            for e in roll.entries
        ],
        "roll_size": roll.facts.entitled,
        "roll_residents": roll.facts.residents,
        "roll_partners": roll.facts.partners,
        "recused_seats": roll.facts.recused,
        "vacant_seats": roll.facts.vacant,
        "announced": [announced(outcome.announce(each.facts, procedure)) for each in rolls],
    } | judged(outcome.decide(roll.facts, procedure, turnout, ballots))


def test_every_kind_is_either_implemented_or_named_as_later() -> None:
    assert {each["kind"] for each in scenarios(FILE)} <= IMPLEMENTED | LATER


@pytest.mark.parametrize("scenario", votes())
def test_vote(scenario: dict[str, Any]) -> None:
    result = run_vote(scenario["input"])
    assert {key: result[key] for key in scenario["expect"]} == scenario["expect"]


@pytest.mark.parametrize("scenario", votes())
def test_an_altered_expectation_fails(scenario: dict[str, Any]) -> None:
    for key, value in scenario["expect"].items():
        altered = scenario["expect"] | {key: [value]}
        with pytest.raises(AssertionError):
            test_vote(scenario | {"expect": altered})
