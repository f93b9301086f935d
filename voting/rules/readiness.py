"""What a body is ready for with the rules it has set, and what is missing for the rest."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from voting.rules.parameter import missing, needed, needed_for_quorum, needed_for_secrecy

Parameters = Mapping[str, object]


class Readiness(NamedTuple):
    """Name a case and the empty parameters it needs; `is_possible` is false where rules forbid it.

    Everything a case needs is listed, also what another case needs as well.
    """

    case: str
    missing: tuple[str, ...]
    is_possible: bool = True

    @property
    def is_ready(self) -> bool:
        return self.is_possible and not self.missing


def of(parameters: Parameters) -> list[Readiness]:
    """Judge every case in the order of CASES (DOMAIN 5.5)."""
    return [_judged(case, parameters) for case in CASES]


def _judged(case: str, parameters: Parameters) -> Readiness:
    if _FORBIDDEN.get(case, lambda _: False)(parameters):
        return Readiness(case, (), is_possible=False)
    return Readiness(case, tuple(missing(parameters, _NEEDED[case](parameters))))


def _choice(parameters: Parameters) -> list[str]:
    names = [*needed_for_quorum(parameters), "choice.rule"]
    if parameters.get("choice.rule") != "most_votes":
        names.append("majority.base")
    if parameters.get("choice.rule") != "more_than_half":
        names.append("tie.rule")
    return names + needed_for_secrecy(parameters)


def _election(parameters: Parameters) -> list[str]:
    if parameters.get("election.ballot") in ("approval", "en_bloc"):
        return ["election.ballot", "tie.rule"]
    return ["election.ballot", "election.yes_over_no", "tie.rule"]


def _lot(parameters: Parameters) -> list[str]:
    return ["lot.unfilled"] if parameters.get("lot.quota") else []


def _forbids_circular(parameters: Parameters) -> bool:
    return parameters.get("circular.allowed") == "no"


def _forbids_stand_ins(parameters: Parameters) -> bool:
    return parameters.get("deputy.mode") == "none"


def _forbids_objections(parameters: Parameters) -> bool:
    return parameters.get("objection.days") == 0


_NEEDED: Mapping[str, Callable[[Parameters], list[str]]] = {
    "funding": lambda rules: needed(rules, recusals=False),
    "other": lambda rules: needed(rules, matter="other", recusals=False),
    "recusals": needed,
    "shared_seats": lambda rules: needed(rules, shared_recusal=True),
    "stand_ins": lambda rules: needed(rules, recusals=False, stand_ins=True),
    "circular": lambda rules: needed(rules, mode="circular", recusals=False),
    "small_roll": lambda rules: needed_for_secrecy(rules, small_roll=True),
    "choice": _choice,
    "election": _election,
    "lot": _lot,
    "poll": needed_for_secrecy,
    "objections": lambda _: ["objection.days", "annul.by"],
}
_FORBIDDEN: Mapping[str, Callable[[Parameters], bool]] = {
    "circular": _forbids_circular,
    "stand_ins": _forbids_stand_ins,
    "objections": _forbids_objections,
}

CASES = tuple(_NEEDED)
