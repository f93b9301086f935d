"""Examples of the ballot: how few may vote in secret, voting without a meeting, objections."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext

from app.roster.example.evening import Evening
from app.text import short_day, word
from voting.rules import deadlines, outcome, quorum
from voting.rules.outcome import Turnout

TWO_WEEKS = 14


def _secrecy(evening: Evening) -> dict[Any, str]:
    return {
        "secret": gettext(
            "Niemand sieht, wer wie gestimmt hat. Nur wenn alle %(present)d gleich stimmen, zeigt"
            " das Ergebnis jede Stimme.",
            present=evening.present,
        ),
        "open": gettext("Alle im Raum sehen, wer wie gestimmt hat."),
    }


def _minimum(evening: Evening) -> int:
    return evening.rules(ballot__secrecy="secret").number("ballot.min_turnout")


def _min_turnout(evening: Evening) -> dict[Any, str]:
    minimum = _minimum(evening)
    facts = evening.facts(present=max(minimum, evening.present))
    rules = evening.rules(quorum__rule="none", ballot__secrecy="secret", resident_majority="off")
    stopped = outcome.at_close(facts, rules, Turnout(minimum - 1))
    if stopped is None:
        return {}
    return {
        "": gettext(
            "Bei %(minimum)d: Geben nur %(few)d eine Stimme ab, heißt es „%(word)s“. Die Urne"
            " bleibt dann zu.",
            minimum=minimum,
            few=minimum - 1,
            word=word(stopped.code),
        )
    }


def _small_roll(evening: Evening) -> dict[Any, str]:
    numbers = {"few": _minimum(evening) - 1, "minimum": _minimum(evening)}
    return {
        "open_vote": gettext(
            "%(few)d dürfen abstimmen, geheim geht es ab %(minimum)d: Dann heben sie die Hand.",
            **numbers,
        ),
        "postpone": gettext(
            "%(few)d dürfen abstimmen, geheim geht es ab %(minimum)d: Dann wartet der Antrag auf"
            " die nächste Sitzung.",
            **numbers,
        ),
    }


def _circular(evening: Evening) -> dict[Any, str]:
    facts = evening.facts(present=evening.seats)
    needed = quorum.at_close(facts, evening.rules(mode="circular"), evening.seats)
    answer = gettext(
        "Alle %(seats)d Sitze bekommen die Frage. %(need)d müssen antworten.",
        seats=evening.seats,
        need=needed.need,
    )
    return {"yes": answer, "conditions": answer}


def _objection_days(evening: Evening) -> dict[Any, str]:
    days = evening.parameters.get("objection.days") or TWO_WEEKS
    last = deadlines.objection(evening.today, evening.rules(objection__days=days))
    return {
        "": gettext(
            "Bei %(days)d: Steht ein Beschluss heute öffentlich da, geht es bis %(last)s. Bei 0"
            " gibt es keine Einwände.",
            days=days,
            last=short_day(last),
        )
    }


HINTS: dict[str, Callable[[Evening], dict[Any, str]]] = {
    "ballot.secrecy": _secrecy,
    "ballot.min_turnout": _min_turnout,
    "small_roll.effect": _small_roll,
    "circular.allowed": _circular,
    "objection.days": _objection_days,
}
