"""The outcome of a question with several options, judged by the rules of procedure.

It passes the same stages as a yes/no question (DOMAIN 11); then the options compete for its places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from voting.errors import InputError
from voting.rules import choice, election, outcome, quorum
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import RollFacts

Code = (
    outcome.Code
    | Literal["chosen", "none_chosen", "runoff", "tie_lot", "tie_repeat", "tie_reject", "graded"]
)

_CODES: Mapping[str, Code] = {"adopted": "chosen", "rejected": "none_chosen"}


@dataclass(frozen=True, slots=True)
class Votes:
    """Count the ticks of each option in the order of the paper, and the blank ballots.

    `most` ticks were allowed on one ballot. Raise InputError `options_missing` with fewer than two
    options, `ballots_negative`, or `votes_too_many` where an option has more ticks than ballots.
    """

    ballots: int
    ticks: Mapping[str, int]
    blank: int = 0
    most: int = 1

    def __post_init__(self) -> None:
        if len(self.ticks) < 2:
            raise InputError("options_missing")
        counts = (*self.ticks.values(), self.blank)
        if min(counts) < 0:
            raise InputError("ballots_negative")
        if max(counts) > self.ballots:
            raise InputError("votes_too_many")

    @property
    def are_all_equal(self) -> bool:
        """Tell whether the sums show every ballot: each option stands on all of them or on none."""
        return {*self.ticks.values(), self.blank} <= {0, self.ballots}


@dataclass(frozen=True, slots=True)
class Picked:
    """Hold the judgement: the options that got a place, by votes, and equals at the last place.

    `tied` compete for `open_places`; `required` is the least number of votes, 0 where most votes
    win, None where nothing was judged. The rest is as in `voting.rules.outcome.Outcome`.
    """

    code: Code
    quorum: Quorum
    chosen: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    open_places: int = 0
    required: int | None = None
    minimum: int | None = None
    reveals_all: bool | None = None


def needed(parameters: Mapping[str, object], *, most: int, places: int) -> list[str]:
    """Name the parameters without which options cannot be judged, given what is already set."""
    if not _is_single(most, places):
        return []
    return ["choice.rule"] + (["tie.rule"] if parameters.get("choice.rule") == "most_votes" else [])


def decide(
    facts: RollFacts, procedure: Procedure, turnout: Turnout, votes: Votes, places: int
) -> Picked:
    """Return the outcome through all stages.

    One tick for one place is a choice between options (`choice.rule`); otherwise the options with
    most ticks get the places, as in an election. Raise InputError as `outcome.decide` and LawError
    `parameter_missing`.
    """
    ended = stopped(facts, procedure, turnout, votes)
    if ended:
        return ended
    standing = quorum.at_close(facts, procedure, turnout.received)
    if _is_single(votes.most, places):
        return _choose(standing, votes, procedure)
    return _fill(standing, votes, places, procedure)


def stopped(
    facts: RollFacts, procedure: Procedure, turnout: Turnout, votes: Votes
) -> Picked | None:
    """Return the outcome that ends a question before its options are looked at, None if none does.

    Raise InputError as `outcome.decide`.
    """
    ended = outcome.at_opening(facts, procedure) or outcome.at_close(facts, procedure, turnout)
    if ended:
        return Picked(ended.code, ended.quorum, minimum=ended.minimum)
    if votes.ballots != turnout.received:
        raise InputError("ballots_mismatch", received=turnout.received, counted=votes.ballots)
    return None


def second_ballot(code: str, ticks: Mapping[str, int], tied: Sequence[str]) -> tuple[str, ...]:
    """Name the options of a second ballot, in their order; none where nothing follows.

    After a tie that is repeated these are the `tied`, in a runoff those with the two most votes and
    whoever is level with the second.
    """
    if code == "tie_repeat":
        return tuple(tied)
    if code != "runoff":
        return ()
    _first, second, *_rest = sorted(ticks.values(), reverse=True)
    return tuple(option for option, count in ticks.items() if count >= second)


def _is_single(most: int, places: int) -> bool:
    return most == 1 and places == 1


def _reveals(votes: Votes, procedure: Procedure) -> bool:
    return procedure.is_secret and votes.are_all_equal


def _choose(standing: Quorum, votes: Votes, procedure: Procedure) -> Picked:
    judged = choice.decide(votes.ticks, votes.blank, procedure)
    return Picked(
        _CODES.get(judged.code) or cast("Code", judged.code),
        standing,
        chosen=(judged.winner,) if judged.winner is not None else (),
        tied=_leading(votes.ticks) if judged.code.startswith("tie") else (),
        open_places=0 if judged.winner is not None else 1,
        required=judged.required,
        reveals_all=_reveals(votes, procedure),
    )


def _leading(ticks: Mapping[str, int]) -> tuple[str, ...]:
    most = max(ticks.values())
    return tuple(option for option, count in ticks.items() if count == most)


def _fill(standing: Quorum, votes: Votes, places: int, procedure: Procedure) -> Picked:
    candidates = [election.Candidate(option, count) for option, count in votes.ticks.items()]
    judged = election.decide(places, votes.ballots, candidates, procedure)
    return Picked(
        _filled(judged.elected, judged.tied, judged.tie_rule),
        standing,
        chosen=judged.elected,
        tied=judged.tied,
        open_places=judged.open_places or judged.vacant,
        required=max(1, judged.threshold),
        reveals_all=_reveals(votes, procedure),
    )


def _filled(elected: Sequence[str], tied: Sequence[str], tie_rule: str | None) -> Code:
    if tied:
        return cast("Code", choice.TIES[str(tie_rule)])
    return "chosen" if elected else "none_chosen"
