"""Results of scenarios in sentences, and why a file was refused."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from voting.errors import RefusalError
from voting.plain import plain

Given = dict[str, Any]

_REFUSALS = {
    "utf8": "the file is not text in UTF-8",
    "json": "the file is not JSON",
    "deep": "nested too deep",
    "twice": "stands there twice",
    "shape": "missing, not known here, or not of the kind wanted",
    "unknown": "is not declared anywhere",
    "contradiction": "cannot be, beside the other figures",
    "rule_missing": "this rule is needed and empty",
}

_OUTCOMES = {
    "adopted": "adopted",
    "rejected": "rejected",
    "poll_only": "no quorum, an opinion poll only",
    "postponed": "no quorum, postponed",
    "circular_after": "no quorum, a circular vote follows",
    "not_quorate": "no quorum, no decision",
    "segment_failed": "residents are not in the majority, no decision",
    "too_few_ballots": "too few ballots, the box stays closed",
    "cannot_open": "the vote cannot be opened",
    "runoff": "a run-off follows",
    "tie_lot": "a tie, a lot decides",
    "tie_repeat": "a tie, the vote is repeated",
    "tie_reject": "a tie, nothing is chosen",
}

_ERRORS = {
    "above_request": "more than was asked for",
    "above_cap": "above the cap",
    "pot_short": "the pot does not hold it",
    "above_reservation": "more than is reserved",
    "below_paid": "less than was paid",
    "above_approved": "more than was approved",
    "above_due": "more than is due",
    "wrong_state": "not possible in the state of this grant",
}


def refusal(error: RefusalError) -> str:
    """Return the path of the wrong field and what is wrong with it."""
    where = plain(str(error.facts["path"])) or "$"
    said = f"{where}: {_REFUSALS[error.reason]}"
    if "line" in error.facts:
        said += f" (line {error.facts['line']}, column {error.facts['column']})"
    return said


def report(scenarios: Sequence[Given], results: Sequence[Given]) -> str:
    """Return what the rules make of each scenario, a paragraph each."""
    paragraphs = []
    for scenario, found in zip(scenarios, results, strict=True):
        title = scenario.get("title")
        heading = plain(scenario["id"]) + (f": {plain(title)}" if title else "")
        said = _KINDS[scenario["kind"]](scenario["input"], found["result"])
        paragraphs.append("\n".join([heading, *(f"  {plain(line, len(line))}" for line in said)]))
    return "\n\n".join(paragraphs)


def _vote(given: Given, result: Given) -> Iterator[str]:
    seats = len(given["seats"])
    yield (
        f"{result['roll_size']} of {seats} seats may vote"
        f" ({result['roll_residents']} residents, {result['roll_partners']} partners);"
        f" recused {result['recused_seats']}, vacant {result['vacant_seats']}."
    )
    for step in result["announced"]:
        yield _announced(step)
    if result["required_yes"] is None:
        yield f"Outcome: {_OUTCOMES[result['outcome']]}."
        return
    ballots = given["ballots"]
    yield (
        f"Yes {ballots['yes']}, no {ballots['no']}, abstain {ballots['abstain']}:"
        f" {result['required_yes']} yes of {result['majority_base']} needed,"
        f" {result['missing_yes']} missing."
    )
    yield f"Outcome: {_OUTCOMES[result['outcome']]}."
    if result["reveals_all"]:
        yield "All ballots are equal: this result shows every vote."


def _announced(step: Given) -> str:
    have = "not known before the end" if step["quorum_have"] is None else step["quorum_have"]
    required = step["required_yes_announced"]
    yes = "nobody may vote" if required is None else f"{required} yes needed if all vote"
    return f"Quorum: {step['quorum_need']} of {step['quorum_base']}, there: {have}; {yes}."


def _choice(given: Given, result: Given) -> Iterator[str]:
    votes = ", ".join(f"{option} {given['votes'][option]}" for option in given["options"])
    needed = f", {result['required']} needed" if result["required"] else ""
    winner = f": {result['winner']}" if result["winner"] else ""
    yield f"{votes}{needed}. Outcome: {_OUTCOMES[result['outcome']]}{winner}."


def _election(_: Given, result: Given) -> Iterator[str]:
    yield f"{max(1, result['threshold_votes'])} yes needed. Elected: {_names(result['elected'])}."
    if result["needs_lot"]:
        yield f"Lot for {result['lot_places']}: {_names(result['needs_lot'])}."
    yield from _rest(result)
    yield f"Not enough votes: {_names(result['failed'])}."


def _lot(_: Given, result: Given) -> Iterator[str]:
    yield f"A draw is {'needed' if result['draw_needed'] else 'not needed'}."
    yield f"Drawn: {_names(result['elected'])}."
    yield from _rest(result)


def _rest(result: Given) -> Iterator[str]:
    yield f"Reserve list: {_names(result['reserve_list'])}. Vacant: {result['vacant']}."


def _round(_: Given, result: Given) -> Iterator[str]:
    for item in result["items"]:
        needed = item["required_yes"]
        yes = "" if needed is None else f", {needed} yes needed, {item['missing_yes']} missing"
        yield f"{item['item']}: {_OUTCOMES[item['outcome']]}{yes}."
    yield (
        f"Adopted {_euro(result['adopted_sum_cents'])},"
        f" short by {_euro(result['shortage_cents'])}, left {_euro(result['left_cents'])}."
    )
    yield f"Funded: {_names(result['funded'])}. Not funded: {_names(result['unfunded'])}."
    if result["needs_lot"]:
        yield f"A lot decides between {_names(result['needs_lot'])}."


def _money(given: Given, result: Given) -> Iterator[str]:
    for event, done in zip(given["events"], result["events"], strict=True):
        grant = f" {event['grant']}" if "grant" in event else ""
        cents = f" {_euro(event['amount_cents'])}" if "amount_cents" in event else ""
        verdict = "" if done["ok"] else f": refused, {_ERRORS[done['error']]}"
        short = f", {_euro(done['short_cents'])} too much" if done["short_cents"] else ""
        yield (
            f"{event['do']}{grant}{cents}{verdict}{short};"
            f" available {_euro(done['available_cents'])}."
        )
    yield (
        f"Pot {_euro(result['pot_cents'])}: reserved {_euro(result['reserved_cents'])},"
        f" paid {_euro(result['paid_cents'])}, available {_euro(result['available_cents'])},"
        f" to be repaid {_euro(result['repayment_due_cents'])}."
    )


def _steering(_: Given, result: Given) -> Iterator[str]:
    if result["flags"]:
        yield f"Marked: {_names(flag.replace('_', ' ') for flag in result['flags'])}."
    if result["missing"]:
        yield f"Refused, missing: {_names(result['missing'])}."
    yield f"Reserved: {_euro(result['reserve_cents'])}."


def _names(names: Sequence[str] | Iterator[str]) -> str:
    return ", ".join(names) or "nobody"


def _euro(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02} EUR"


_KINDS: Mapping[str, Callable[[Given, Given], Iterator[str]]] = {
    "vote": _vote,
    "choice": _choice,
    "election": _election,
    "lot": _lot,
    "round": _round,
    "money": _money,
    "steering": _steering,
}
