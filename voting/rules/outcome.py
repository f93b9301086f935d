"""The outcome of one yes/no question, judged by the rules of procedure.

The checks come in three stages, in a fixed order (DOMAIN 11): at the opening, at the close without
looking into the box, and on the tally. Each stage ends the question or lets it pass.
"""

from dataclasses import dataclass
from typing import Literal

from voting.errors import InputError
from voting.rules import majority, quorum
from voting.rules.majority import Ballots, Majority
from voting.rules.procedure import Procedure
from voting.rules.quorum import Quorum
from voting.rules.roll import RollFacts

Code = Literal[
    "adopted",
    "rejected",
    "poll_only",
    "postponed",
    "circular_after",
    "not_quorate",
    "segment_failed",
    "too_few_ballots",
    "cannot_open",
]

_WITHOUT_QUORUM: dict[str, Code] = {
    "poll_only": "poll_only",
    "postpone": "postponed",
    "circular_after": "circular_after",
}


@dataclass(frozen=True, slots=True)
class Turnout:
    """Count the seats that cast, known without opening the box.

    `residents` and `partners` are needed only where `resident_majority` is `cast`.
    """

    received: int
    residents: int | None = None
    partners: int | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """Hold what is said before the ballot; `majority` is None on an empty roll."""

    quorum: Quorum
    entitled: int
    majority: Majority | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold the judgement on a question, with the numbers its sentence needs.

    `segment_ok` is None while the rule is off or was not reached; `minimum` is set when too small a
    roll or too few ballots ended the question; `majority`, `ballots` and `reveals_all` are None
    unless the ballots were judged.
    """

    code: Code
    quorum: Quorum
    segment_ok: bool | None = None
    minimum: int | None = None
    majority: Majority | None = None
    ballots: Ballots | None = None
    reveals_all: bool | None = None

    @property
    def is_binding(self) -> bool:
        """Tell whether the body has decided, either way."""
        return self.code in ("adopted", "rejected")

    @property
    def missing_yes(self) -> int | None:
        """Return how many yes votes were short; 0 when adopted."""
        if self.majority is None or self.ballots is None:
            return None
        return max(0, self.majority.required - self.ballots.yes)


def announce(facts: RollFacts, procedure: Procedure) -> Announcement:
    """Return the figures to be shown before the ballot, for the roll as it stands."""
    standing = quorum.at_opening(facts, procedure)
    return Announcement(standing, facts.entitled, majority.announced(facts, procedure))


def at_opening(facts: RollFacts, procedure: Procedure) -> Outcome | None:
    """Return the outcome that keeps a question from opening, or None if it may open."""
    standing = quorum.at_opening(facts, procedure)
    if not facts.entitled:
        return Outcome("cannot_open", standing)
    if standing.is_met is False:
        return Outcome(_WITHOUT_QUORUM[procedure.choice("no_quorum.effect")], standing)
    segment_ok = _is_segment_ok_at_opening(facts, procedure)
    if segment_ok is False:
        return Outcome("segment_failed", standing, segment_ok)
    if procedure.is_secret and facts.entitled < procedure.number("ballot.min_turnout"):
        minimum = procedure.number("ballot.min_turnout")
        return Outcome("cannot_open", standing, segment_ok, minimum)
    return None


def at_close(facts: RollFacts, procedure: Procedure, turnout: Turnout) -> Outcome | None:
    """Return the outcome that leaves the box of a closed question shut, or None if it is counted.

    Raise InputError `turnout_too_large` if more seats cast than were on the roll, and
    `turnout_segments_missing` or `turnout_mismatch` (they do not add up) if the rule needs them.
    """
    if not 0 <= turnout.received <= facts.entitled:
        raise InputError("turnout_too_large", received=turnout.received, entitled=facts.entitled)
    standing = quorum.at_close(facts, procedure, turnout.received)
    if standing.is_met is False:
        return Outcome("not_quorate", standing, _is_segment_ok_at_opening(facts, procedure))
    segment_ok = _is_segment_ok_at_close(facts, procedure, turnout)
    if segment_ok is False:
        return Outcome("segment_failed", standing, segment_ok)
    if procedure.is_secret and turnout.received < procedure.number("ballot.min_turnout"):
        minimum = procedure.number("ballot.min_turnout")
        return Outcome("too_few_ballots", standing, segment_ok, minimum)
    return None


def decide(facts: RollFacts, procedure: Procedure, turnout: Turnout, ballots: Ballots) -> Outcome:
    """Return the outcome of a question through all stages.

    Raise InputError `ballots_mismatch` if the tally does not hold as many ballots as were
    received, and as `at_close` does.
    """
    stopped = at_opening(facts, procedure) or at_close(facts, procedure, turnout)
    return stopped or _judge(facts, procedure, turnout, ballots)


def _judge(facts: RollFacts, procedure: Procedure, turnout: Turnout, ballots: Ballots) -> Outcome:
    if ballots.received != turnout.received:
        raise InputError("ballots_mismatch", received=turnout.received, counted=ballots.received)
    needed = majority.of_tally(facts, procedure, ballots)
    return Outcome(
        code="adopted" if ballots.yes >= needed.required else "rejected",
        quorum=quorum.at_close(facts, procedure, turnout.received),
        segment_ok=_is_segment_ok_at_close(facts, procedure, turnout),
        majority=needed,
        ballots=ballots,
        reveals_all=procedure.is_secret and ballots.are_all_equal,
    )


def _is_segment_ok_at_opening(facts: RollFacts, procedure: Procedure) -> bool | None:
    if procedure.choice("resident_majority") != "present":
        return None
    return facts.residents > facts.partners


def _is_segment_ok_at_close(
    facts: RollFacts, procedure: Procedure, turnout: Turnout
) -> bool | None:
    if procedure.choice("resident_majority") != "cast":
        return _is_segment_ok_at_opening(facts, procedure)
    if turnout.residents is None or turnout.partners is None:
        raise InputError("turnout_segments_missing")
    if turnout.residents + turnout.partners != turnout.received:
        raise InputError("turnout_mismatch", received=turnout.received)
    return turnout.residents > turnout.partners
