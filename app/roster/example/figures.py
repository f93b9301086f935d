"""Examples of counting: who must be here, how many must say yes."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from app.roster.example.evening import Evening
from app.text import word
from voting.rules import majority, outcome, quorum
from voting.rules.majority import Ballots
from voting.rules.share import share


def _quorum_rule(evening: Evening) -> dict[Any, str]:
    counted = {
        rule: gettext(
            "Sie sind %(seats)d. Dann müssen %(need)d da sein.",
            seats=evening.seats,
            need=share(rule, evening.seats),
        )
        for rule in ("half", "more_than_half", "two_thirds")
    }
    return {
        **counted,
        "none": gettext("Sie sind %(seats)d. Auch 3 dürfen entscheiden.", seats=evening.seats),
        "fixed": gettext("Die Zahl schreiben Sie darunter, gleich wie viele Sitze besetzt sind."),
    }


def _quorum_base(evening: Evening) -> dict[Any, str]:
    vacant = 3
    present = evening.present - 1
    facts = evening.facts(vacant=vacant, present=present)
    return {
        base: gettext(
            "%(seats)d Sitze, %(vacant)d leer, %(present)d da: %(verdict)s",
            seats=evening.seats,
            vacant=vacant,
            present=present,
            verdict=_verdict(quorum.at_opening(facts, evening.rules(quorum__base=base))),
        )
        for base in ("all_seats", "filled_seats")
    }


def _verdict(found: quorum.Quorum) -> str:
    if found.is_met:
        return gettext("%(need)d nötig, beschlussfähig.", need=found.need)
    return gettext("%(need)d nötig, nicht beschlussfähig.", need=found.need)


def _without_quorum(evening: Evening) -> dict[Any, str]:
    need = evening.present
    facts = evening.facts(present=need - 1)
    stopped = {
        effect: outcome.at_opening(
            facts, evening.rules(quorum__rule="two_thirds", no_quorum__effect=effect)
        )
        for effect in ("poll_only", "postpone", "circular_after")
    }
    return {
        effect: gettext(
            "Sie sind %(seats)d, %(need)d müssen da sein, %(present)d sind da: %(word)s.",
            seats=evening.seats,
            need=found.quorum.need,
            present=need - 1,
            word=word(found.code),
        )
        for effect, found in stopped.items()
        if found
    }


def _majority(evening: Evening) -> dict[Any, str]:
    return {
        rule: gettext(
            "%(present)d stimmen ab. Dann sind %(need)d Ja nötig.",
            present=evening.present,
            need=share(rule, evening.present),
        )
        for rule in ("more_than_half", "two_thirds", "three_quarters", "unanimous")
    }


def _majority_base(evening: Evening) -> dict[Any, str]:
    abstain, silent = 2, 1
    yes = evening.present - abstain - silent - 1
    ballots = Ballots(yes=yes, no=1, abstain=abstain)
    facts = evening.facts(vacant=1)
    needed = {
        base: majority.of_tally(facts, evening.rules(majority__base=base), ballots)
        for base in ("all_seats", "filled_seats", "present", "cast", "yes_no")
    }
    return {
        base: gettext(
            "%(seats)d Sitze, 1 leer, %(present)d da. %(yes)d Ja, 1 Nein, 2 Enthaltungen, 1 stimmt"
            " nicht ab: gerechnet wird mit %(base)d, nötig sind %(required)d Ja.",
            seats=evening.seats,
            present=evening.present,
            yes=yes,
            base=found.base,
            required=found.required,
        )
        for base, found in needed.items()
    }


def _recusal_quorum(evening: Evening) -> dict[Any, str]:
    facts = evening.facts(recused=1)
    return {
        reading: gettext(
            "Sie sind %(seats)d, %(present)d sind da, davon 1 befangen: %(verdict)s",
            seats=evening.seats,
            present=evening.present,
            verdict=_verdict(quorum.at_opening(facts, evening.rules(recusal__quorum=reading))),
        )
        for reading in ("counts_present", "leaves_presence", "leaves_both")
    }


def _recusal_majority(evening: Evening) -> dict[Any, str]:
    facts = evening.facts(recused=2)
    needed = {
        reading: majority.announced(
            facts, evening.rules(majority__base="present", recusal__majority=reading)
        )
        for reading in ("leaves_base", "stays_in_base")
    }
    return {
        reading: gettext(
            "%(present)d sind da, davon 2 befangen: gerechnet wird mit %(base)d, nötig sind"
            " %(required)d Ja.",
            present=evening.present,
            base=found.base,
            required=found.required,
        )
        for reading, found in needed.items()
        if found
    }


HINTS: dict[str, Callable[[Evening], dict[Any, str]]] = {
    "quorum.rule": _quorum_rule,
    "quorum.base": _quorum_base,
    "no_quorum.effect": _without_quorum,
    "majority.funding": _majority,
    "majority.other": _majority,
    "majority.base": _majority_base,
    "recusal.quorum": _recusal_quorum,
    "recusal.majority": _recusal_majority,
}
