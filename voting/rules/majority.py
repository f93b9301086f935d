"""How many yes votes adopt a question."""

from dataclasses import dataclass

from voting.errors import InputError
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.share import share


@dataclass(frozen=True, slots=True)
class Ballots:
    """Count the ballots of a question; `invalid` is paper that reads as no answer.

    Raise InputError `ballots_negative`.
    """

    yes: int
    no: int
    abstain: int
    invalid: int = 0

    def __post_init__(self) -> None:
        if min(self.yes, self.no, self.abstain, self.invalid) < 0:
            raise InputError("ballots_negative")

    @property
    def cast(self) -> int:
        """Return the valid ballots, abstentions counted."""
        return self.yes + self.no + self.abstain

    @property
    def received(self) -> int:
        """Return all ballots, those on invalid paper too."""
        return self.cast + self.invalid

    @property
    def are_all_equal(self) -> bool:
        counts = (self.yes, self.no, self.abstain, self.invalid)
        return max(counts) == self.received


@dataclass(frozen=True, slots=True)
class Majority:
    """Hold the rule, the meaning and size of its base, and the yes votes it asks for.

    `counted` is the base in force: `present` in a circular vote has become `cast`.
    """

    rule: str
    counted: str
    base: int
    required: int


def announced(facts: RollFacts, procedure: Procedure) -> Majority | None:
    """Return the majority if everybody on the roll votes yes or no; None on an empty roll."""
    if not facts.entitled:
        return None
    return of_tally(facts, procedure, Ballots(facts.entitled, 0, 0))


def of_tally(facts: RollFacts, procedure: Procedure, ballots: Ballots) -> Majority:
    """Return the majority that the ballots of a question must reach."""
    counted = _counted(procedure)
    base = _base(counted, facts, procedure, ballots)
    rule = procedure.majority_rule
    return Majority(rule, counted, base, share(rule, base))


def _counted(procedure: Procedure) -> str:
    named = procedure.choice("majority.base")
    return "cast" if named == "present" and procedure.is_circular else named


def _base(counted: str, facts: RollFacts, procedure: Procedure, ballots: Ballots) -> int:
    match counted:
        case "yes_no":
            return ballots.yes + ballots.no
        case "cast":
            return ballots.cast
        case "present":
            return facts.entitled + _recused_in_base(facts, procedure)
    seats = facts.seats if counted == "all_seats" else facts.filled
    return seats - facts.recused + _recused_in_base(facts, procedure)


def _recused_in_base(facts: RollFacts, procedure: Procedure) -> int:
    if facts.recused and procedure.choice("recusal.majority") == "stays_in_base":
        return facts.recused
    return 0
