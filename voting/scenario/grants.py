"""Scenarios of the kinds `round`, `money` and `steering`: what is funded, paid and agreed."""

from typing import Any

from voting.errors import RefusalError
from voting.rules import money, outcome, shortage, steering
from voting.rules.majority import Ballots
from voting.rules.money import Event, Ledger, Refusal
from voting.rules.outcome import Outcome, Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.shortage import Item
from voting.rules.steering import Advice, Verdict
from voting.scenario.once import require_once

Given = dict[str, Any]

_LABELS = {"recommendation": "Empfehlung"}


def funded(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for a round: first the votes, then the money."""
    items = given["items"]
    require_once((f"{path}.items[{place}].item", each["item"]) for place, each in enumerate(items))
    judged = [
        _judged(each, given["roll_size"], procedure, f"{path}.items[{place}]")
        for place, each in enumerate(items)
    ]
    adopted = [
        Item(each["item"], each["amount_cents"], each["ballots"]["yes"])
        for each, decided in zip(items, judged, strict=True)
        if decided.code == "adopted"
    ]
    shared = shortage.share_out(adopted, given["available_cents"], procedure)
    return {
        "items": [
            {
                "item": each["item"],
                "required_yes": decided.majority.required if decided.majority else None,
                "outcome": decided.code,
                "missing_yes": decided.missing_yes,
            }
            for each, decided in zip(items, judged, strict=True)
        ],
        "adopted_sum_cents": shared.adopted_cents,
        "shortage_cents": shared.short_cents,
        "funded": list(shared.funded),
        "unfunded": list(shared.unfunded),
        "needs_lot": list(shared.needs_lot),
        "left_cents": shared.left_cents,
    }


def _judged(item: Given, roll_size: int, procedure: Procedure, path: str) -> Outcome:
    """Judge one item by its majority; a round has neither seats for a quorum nor segments."""
    ballots = Ballots(**item["ballots"])
    if ballots.received > roll_size:
        raise RefusalError("contradiction", path=f"{path}.ballots")
    parameters = {"ballot.secrecy": "open", **procedure.parameters, **_WITHOUT_SEATS}
    return outcome.decide(
        RollFacts(seats=roll_size, residents=roll_size, partners=0),
        Procedure(parameters, procedure.mode, procedure.matter),
        Turnout(ballots.received),
        ballots,
    )


_WITHOUT_SEATS = {"quorum.rule": "none", "quorum.base": "all_seats", "resident_majority": "off"}


def booked(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for money: each event, then the state of the pot."""
    ledger = Ledger(given["pot_cents"], _cap(given["rules"], procedure))
    events = []
    for each in given["events"]:
        booking = money.book(ledger, _event(each))
        refusal = booking if isinstance(booking, Refusal) else None
        ledger = ledger if isinstance(booking, Refusal) else booking
        events.append(
            {
                "ok": refusal is None,
                "error": refusal.error if refusal else None,
                "short_cents": refusal.short if refusal else 0,
                "available_cents": ledger.available,
            }
        )
    return {
        "events": events,
        "pot_cents": ledger.pot,
        "reserved_cents": ledger.reserved,
        "paid_cents": ledger.paid,
        "repayment_due_cents": ledger.due,
        "approved_sum_cents": ledger.approved,
        "available_cents": ledger.available,
    }


def _cap(rules: Given, procedure: Procedure) -> int:
    cents = rules.get("cap_per_action_cents")
    return procedure.number("cap_per_action_eur") * 100 if cents is None else cents


def _event(given: Given) -> Event:
    return Event(
        given["do"],
        given.get("grant", ""),
        given.get("amount_cents", 0),
        given.get("requested_cents", 0),
    )


def steered(given: Given, procedure: Procedure, path: str) -> dict[str, object]:
    """Return the keys of `expect` for a decision of the steering round."""
    decided = steering.decide(
        _advice(given["council"], f"{path}.council"),
        _verdict(given["steering"], f"{path}.steering"),
    )
    return {
        "ok": decided.is_ok,
        "missing": list(decided.missing),
        "flags": list(decided.flags),
        "reserve_cents": decided.reserve,
        "council_label": _LABELS[decided.label] if decided.label else None,
    }


def _advice(council: Given | None, path: str) -> Advice | None:
    """Read the council's vote; without a decision it gave no advice."""
    if council is None or council["outcome"] not in ("adopted", "rejected"):
        return None
    is_adopted = council["outcome"] == "adopted"
    return Advice(is_adopted, _sum(council, is_adopted, path), _conditions(council))


def _verdict(given: Given, path: str) -> Verdict:
    is_agreed = given["outcome"] == "agreed"
    cents = _sum(given, is_agreed, path)
    return Verdict(is_agreed, cents, given.get("reason") or "", _conditions(given))


def _sum(given: Given, is_needed: bool, path: str) -> int:
    cents = given.get("amount_cents")
    if cents is None and is_needed:
        raise RefusalError("shape", path=f"{path}.amount_cents")
    return cents or 0


def _conditions(given: Given) -> tuple[str, ...]:
    said = given.get("conditions") or ()
    return (said,) if isinstance(said, str) else tuple(said)
