"""Judge the scenarios of a file by the rules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voting.errors import LawError, RefusalError
from voting.rules.procedure import Procedure
from voting.scenario import filling, grants, vote

Given = dict[str, Any]

_KINDS: Mapping[str, Callable[[Given, Procedure, str], dict[str, object]]] = {
    "vote": vote.result,
    "choice": filling.chosen,
    "election": filling.elected,
    "lot": filling.drawn,
    "round": grants.funded,
    "money": grants.booked,
    "steering": grants.steered,
}


def results(scenarios: Sequence[Given]) -> list[dict[str, Any]]:
    """Return `id` and `result` of each scenario, in order, as `document.read` gave them.

    Raise RefusalError with the `path` of the field that cannot be (see document.py).
    """
    return [
        {"id": each["id"], "result": _result(each, f"scenarios[{place}].input")}
        for place, each in enumerate(scenarios)
    ]


def _result(scenario: Given, path: str) -> dict[str, object]:
    given = scenario["input"]
    try:
        return _KINDS[scenario["kind"]](given, _procedure(given), path)
    except LawError as error:
        name = str(error.facts["name"]).replace("majority.funding", "majority.rule")
        raise RefusalError("rule_missing", path=f"{path}.rules.{name}") from None


def _procedure(given: Given) -> Procedure:
    """Read the rules; scenarios name one majority, whatever the matter."""
    rules = dict(given["rules"])
    rules.pop("cap_per_action_cents", None)
    if "majority.rule" in rules:
        rules["majority.funding"] = rules.pop("majority.rule")
    return Procedure(rules, given.get("mode", "meeting"))
