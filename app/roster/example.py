"""What each answer of the rules of procedure means, counted through with the body's own seats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from voting.rules import majority, quorum
from voting.rules.majority import Ballots
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.share import share

FALLBACK = {
    "quorum.rule": "two_thirds",
    "quorum.base": "all_seats",
    "majority.funding": "two_thirds",
    "majority.base": "present",
    "recusal.quorum": "counts_present",
    "recusal.majority": "leaves_base",
}
FEWEST_SEATS = 9


@dataclass(frozen=True)
class Example:
    """The numbers of an evening: a council of this size, two thirds of it here."""

    seats: int
    parameters: dict[str, Any]

    @property
    def present(self) -> int:
        return share("two_thirds", self.seats)

    def rules(self, **changes: str) -> Procedure:
        """The rules as they stand, what is empty filled for the example only."""
        named = {name.replace("__", "."): value for name, value in changes.items()}
        return Procedure({**FALLBACK, **self.parameters, **named})

    def facts(self, *, recused: int = 0, vacant: int = 0, present: int | None = None) -> RollFacts:
        """A roll with this many here; who is recused is here too but not on the roll."""
        here = self.present if present is None else present
        return RollFacts(
            seats=self.seats,
            residents=here - recused,
            partners=0,
            vacant=vacant,
            recused=recused,
            absent=self.seats - vacant - here,
        )


def hints(seats: int, parameters: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Parameter and answer to the sentence that counts it through."""
    example = Example(max(seats, FEWEST_SEATS), parameters)
    return {name: hint(example) for name, hint in HINTS.items()}


def _quorum_rule(example: Example) -> dict[str, str]:
    counted = {
        rule: gettext(
            "Sie sind %(seats)d. Dann müssen %(need)d da sein.",
            seats=example.seats,
            need=share(rule, example.seats),
        )
        for rule in ("half", "more_than_half", "two_thirds")
    }
    return {
        **counted,
        "none": gettext("Sie sind %(seats)d. Auch 3 dürfen entscheiden.", seats=example.seats),
        "fixed": gettext("Die Zahl schreiben Sie darunter, gleich wie viele Sitze besetzt sind."),
    }


def _quorum_base(example: Example) -> dict[str, str]:
    vacant = 3
    present = example.present - 1
    facts = example.facts(vacant=vacant, present=present)
    return {
        base: gettext(
            "%(seats)d Sitze, %(vacant)d leer, %(present)d da: %(verdict)s",
            seats=example.seats,
            vacant=vacant,
            present=present,
            verdict=_verdict(quorum.at_opening(facts, example.rules(quorum__base=base))),
        )
        for base in ("all_seats", "filled_seats")
    }


def _verdict(found: quorum.Quorum) -> str:
    if found.is_met:
        return gettext("%(need)d nötig, beschlussfähig.", need=found.need)
    return gettext("%(need)d nötig, nicht beschlussfähig.", need=found.need)


def _majority_funding(example: Example) -> dict[str, str]:
    return {
        rule: gettext(
            "%(present)d stimmen ab. Dann sind %(need)d Ja nötig.",
            present=example.present,
            need=share(rule, example.present),
        )
        for rule in ("more_than_half", "two_thirds", "three_quarters", "unanimous")
    }


def _majority_base(example: Example) -> dict[str, str]:
    abstain, silent = 2, 1
    yes = example.present - abstain - silent - 1
    ballots = Ballots(yes=yes, no=1, abstain=abstain)
    facts = example.facts(vacant=1)
    needed = {
        base: majority.of_tally(facts, example.rules(majority__base=base), ballots)
        for base in ("all_seats", "filled_seats", "present", "cast", "yes_no")
    }
    return {
        base: gettext(
            "%(seats)d Sitze, 1 leer, %(present)d da. %(yes)d Ja, 1 Nein, 2 Enthaltungen, 1 stimmt"
            " nicht ab: gerechnet wird mit %(base)d, nötig sind %(required)d Ja.",
            seats=example.seats,
            present=example.present,
            yes=yes,
            base=found.base,
            required=found.required,
        )
        for base, found in needed.items()
    }


def _recusal_quorum(example: Example) -> dict[str, str]:
    facts = example.facts(recused=1)
    return {
        reading: gettext(
            "Sie sind %(seats)d, %(present)d sind da, davon 1 befangen: %(verdict)s",
            seats=example.seats,
            present=example.present,
            verdict=_verdict(quorum.at_opening(facts, example.rules(recusal__quorum=reading))),
        )
        for reading in ("counts_present", "leaves_presence", "leaves_both")
    }


def _recusal_majority(example: Example) -> dict[str, str]:
    facts = example.facts(recused=2)
    needed = {
        reading: majority.announced(
            facts, example.rules(majority__base="present", recusal__majority=reading)
        )
        for reading in ("leaves_base", "stays_in_base")
    }
    return {
        reading: gettext(
            "%(present)d sind da, davon 2 befangen: gerechnet wird mit %(base)d, nötig sind"
            " %(required)d Ja.",
            present=example.present,
            base=found.base,
            required=found.required,
        )
        for reading, found in needed.items()
        if found
    }


HINTS: dict[str, Callable[[Example], dict[str, str]]] = {
    "quorum.rule": _quorum_rule,
    "quorum.base": _quorum_base,
    "majority.funding": _majority_funding,
    "majority.base": _majority_base,
    "recusal.quorum": _recusal_quorum,
    "recusal.majority": _recusal_majority,
}
