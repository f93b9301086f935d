"""Run worked scenarios against the rules. Another file: SCENARIOS=path pytest ..."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from voting.scenario import document, run
from voting.scenario.inputs import INPUTS

ROOT = Path(__file__).parents[3]
FILE = Path(os.environ.get("SCENARIOS", ROOT / "tests" / "scenarios.json"))
SCENARIOS = document.read(FILE.read_bytes())


def found(scenario: dict[str, Any]) -> dict[str, Any]:
    return run.results([scenario])[0]["result"]


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "voting", "decide", str(FILE), *arguments]
    return subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each["id"])
def test_a_scenario_agrees_key_by_key(scenario: dict[str, Any]) -> None:
    result = found(scenario)
    assert {key: result[key] for key in scenario["expect"]} == scenario["expect"]
    assert list(result) == list(scenario["expect"])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each["id"])
def test_an_altered_expectation_fails(scenario: dict[str, Any]) -> None:
    for key, value in scenario["expect"].items():
        altered = scenario["expect"] | {key: [value]}
        with pytest.raises(AssertionError):
            test_a_scenario_agrees_key_by_key(scenario | {"expect": altered})


def test_the_command_prints_what_is_expected_in_the_order_of_the_file() -> None:
    done = command("--json")
    printed = json.loads(done.stdout)
    assert printed["format"] == "kiezvotum-results/1"
    assert printed["results"] == [
        {"id": each["id"], "result": each["expect"]} for each in SCENARIOS
    ]
    assert done.stderr == ""


def test_the_command_says_every_scenario_in_a_paragraph() -> None:
    paragraphs = command().stdout.strip().split("\n\n")
    assert [each.partition(":")[0] for each in paragraphs] == [each["id"] for each in SCENARIOS]
    assert all(len(each.splitlines()) > 1 for each in paragraphs)


def test_what_a_file_expects_changes_nothing() -> None:
    for scenario in SCENARIOS:
        assert found(scenario) == found(scenario | {"expect": None})


def test_the_inputs_of_all_seven_kinds_are_known() -> None:
    assert set(INPUTS) == {"vote", "choice", "election", "lot", "round", "money", "steering"}
