"""Whether a body may decide: its quorum."""

from dataclasses import dataclass

from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts
from voting.rules.share import share


@dataclass(frozen=True, slots=True)
class Quorum:
    """Hold the seats counted, how many are needed and how many take part.

    `have` is None in a circular vote until its ballots are in.
    """

    base: int
    need: int
    have: int | None

    @property
    def is_met(self) -> bool | None:
        return None if self.have is None else self.have >= self.need


def at_opening(facts: RollFacts, procedure: Procedure) -> Quorum:
    """Return the quorum of the roll as it stands."""
    if procedure.is_circular:
        return _quorum(facts, procedure, None)
    return _quorum(facts, procedure, facts.entitled + _recused_present(facts, procedure))


def at_close(facts: RollFacts, procedure: Procedure, received: int) -> Quorum:
    """Return the quorum after the ballots; `received` counts invalid paper too.

    In a meeting the ballots alter nothing: the quorum was that of the roll.
    """
    if procedure.is_circular:
        return _quorum(facts, procedure, received + _recused_present(facts, procedure))
    return at_opening(facts, procedure)


def _quorum(facts: RollFacts, procedure: Procedure, have: int | None) -> Quorum:
    base = _base(facts, procedure)
    return Quorum(base, _need(procedure, base), have)


def _base(facts: RollFacts, procedure: Procedure) -> int:
    seats = facts.seats if procedure.choice("quorum.base") == "all_seats" else facts.filled
    if facts.recused and procedure.choice("recusal.quorum") == "leaves_both":
        return seats - facts.recused
    return seats


def _need(procedure: Procedure, base: int) -> int:
    rule = procedure.choice("quorum.rule")
    if rule == "none":
        return 0
    return procedure.number("quorum.fixed") if rule == "fixed" else share(rule, base)


def _recused_present(facts: RollFacts, procedure: Procedure) -> int:
    if facts.recused and procedure.choice("recusal.quorum") == "counts_present":
        return facts.recused
    return 0
