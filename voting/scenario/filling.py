"""Scenarios of the kinds `choice`, `election` and `lot`: one of several, and who gets a place."""

from typing import Any

from voting.errors import RefusalError
from voting.rules import choice, election, lot
from voting.rules.election import Candidate
from voting.rules.lot import Ticket
from voting.rules.procedure import Procedure
from voting.scenario.once import require_once

Given = dict[str, Any]


def chosen(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for a choice."""
    options, votes = given["options"], given["votes"]
    require_once((f"{path}.options[{place}]", each) for place, each in enumerate(options))
    for option in options:
        if option not in votes:
            raise RefusalError("shape", path=f"{path}.votes.{option}")
    for option in votes:
        if option not in options:
            raise RefusalError("unknown", path=f"{path}.votes.{option}")
    ordered = {option: votes[option] for option in options}
    decided = choice.decide(ordered, given.get("abstain", 0), procedure)
    return {
        "required": decided.required,
        "outcome": decided.code,
        "winner": decided.winner,
        "needs_lot": list(decided.needs_lot),
    }


def elected(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for an election."""
    candidates = [
        Candidate(each["id"], each["yes"], each.get("no", 0)) for each in given["candidates"]
    ]
    require_once(
        (f"{path}.candidates[{place}].id", each.id) for place, each in enumerate(candidates)
    )
    for place, each in enumerate(candidates):
        if each.yes + each.no > given["voters"]:
            raise RefusalError("contradiction", path=f"{path}.candidates[{place}].yes")
    decided = election.decide(given["places"], given["voters"], candidates, procedure)
    return {
        "threshold_votes": decided.threshold,
        "elected": list(decided.elected),
        "needs_lot": list(decided.needs_lot),
        "lot_places": decided.lot_places,
        "reserve_list": list(decided.reserve_list),
        "failed": list(decided.failed),
        "vacant": decided.vacant,
    }


def drawn(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for a lot; its `quota` is that of the rules."""
    tickets = [Ticket(each["id"], each.get("stratum")) for each in given["drawn_order"]]
    require_once((f"{path}.drawn_order[{place}].id", each.id) for place, each in enumerate(tickets))
    rules = _with_quota(procedure, given, path)
    if sum((rules.quota() or {}).values()) > given["places"]:
        raise RefusalError("contradiction", path=f"{path}.quota")
    decided = lot.decide(given["places"], tickets, rules)
    return {
        "draw_needed": decided.draw_needed,
        "elected": list(decided.elected),
        "reserve_list": list(decided.reserve_list),
        "vacant": decided.vacant,
    }


def _with_quota(procedure: Procedure, given: Given, path: str) -> Procedure:
    quota = given.get("quota") or None
    in_rules = procedure.quota()
    if quota is None or quota == in_rules:
        return procedure
    if in_rules is not None:
        raise RefusalError("contradiction", path=f"{path}.quota")
    return Procedure({**procedure.parameters, "lot.quota": quota}, procedure.mode, procedure.matter)
