"""Which of several options is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from voting.errors import InputError
from voting.rules.procedure import Procedure
from voting.rules.share import share

Code = Literal["adopted", "rejected", "runoff", "tie_lot", "tie_repeat", "tie_reject"]

TIES: Mapping[str, Code] = {"lot": "tie_lot", "repeat": "tie_repeat", "reject": "tie_reject"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Hold the judgement on a choice: the votes an option needed, and the winner if there is one.

    `required` is 0 under `most_votes`. `needs_lot` names the options a lot must decide between.
    """

    code: Code
    required: int
    winner: str | None = None
    needs_lot: tuple[str, ...] = ()


def decide(votes: Mapping[str, int], abstain: int, procedure: Procedure) -> Chosen:
    """Judge the votes for each option, in the order of the paper (DOMAIN 11).

    The base is all option votes; with `majority.base` `cast` abstentions count too. Raise
    InputError `options_missing` with fewer than two options, `ballots_negative`, LawError
    `parameter_missing`.
    """
    if len(votes) < 2:
        raise InputError("options_missing")
    if min(abstain, *votes.values()) < 0:
        raise InputError("ballots_negative")
    if procedure.choice("choice.rule") == "most_votes":
        return _by_most_votes(votes, procedure)
    return _by_more_than_half(votes, abstain, procedure)


def _by_most_votes(votes: Mapping[str, int], procedure: Procedure) -> Chosen:
    leading = _leading(votes)
    if len(leading) == 1:
        return Chosen("adopted", 0, leading[0])
    code = TIES[procedure.choice("tie.rule")]
    return Chosen(code, 0, needs_lot=leading if code == "tie_lot" else ())


def _by_more_than_half(votes: Mapping[str, int], abstain: int, procedure: Procedure) -> Chosen:
    counted = abstain if procedure.choice("majority.base") == "cast" else 0
    required = share("more_than_half", sum(votes.values()) + counted)
    leading = _leading(votes)
    if votes[leading[0]] >= required:
        return Chosen("adopted", required, leading[0])
    return Chosen("runoff" if len(votes) > 2 else "rejected", required)


def _leading(votes: Mapping[str, int]) -> tuple[str, ...]:
    most = max(votes.values())
    return tuple(option for option, count in votes.items() if count == most)
