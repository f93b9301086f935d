"""How somebody might cheat in a round, from its facts: PROTOCOL 15, a row for each way."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.promise.facts import Facts


class Deed(NamedTuple):
    """A way to cheat: the code of its four sentences and the figures in them."""

    code: str
    figures: Mapping[str, Any] = {}


def deeds(facts: Facts) -> list[Deed]:
    """Return who would have to do what, by person; only a box can be cheated like this."""
    return [
        *_operator(facts),
        *_holders(facts),
        Deed("officer_closes"),
        _printers(facts),
        *([Deed("enterers")] if facts.papers else []),
        *(Deed(code) for code in ("member_twice", "member_watches", "thief")),
    ]


def _operator(facts: Facts) -> list[Deed]:
    reads = "operator_opens" if facts.trust == "office" else "operator_sends_pages"
    audience = "gone" if facts.is_box_gone else facts.audience
    return [
        Deed(reads),
        Deed("operator_drops"),
        *([Deed("operator_invents", {"keyless": facts.keyless})] if facts.keyless else []),
        Deed(f"operator_miscounts_{audience}"),
        Deed(f"operator_shows_two_{_remembered_by(facts)}"),
        Deed(f"operator_swaps_{facts.logged}"),
        Deed("operator_rewrites"),
    ]


def _remembered_by(facts: Facts) -> str:
    """Who has seen the box and would know another: phones as long as it is there, or copies."""
    if facts.is_box_gone:
        return "gone"
    return "copies" if facts.phones == 0 else "phones"


def _printers(facts: Facts) -> Deed:
    if facts.card_printers is None:
        return Deed("officer_prints")
    return Deed("officers_printed", {"printers": facts.card_printers})


def _holders(facts: Facts) -> list[Deed]:
    if facts.trust == "office":
        return []
    if facts.trust == "evening" and facts.holders:
        return [Deed("holders_evening", {"holders": facts.holders})]
    return [Deed("holders_to_come" if facts.trust == "evening" else "holders_commission")]
