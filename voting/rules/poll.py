"""An opinion poll: no quorum, no majority, no outcome; only secrecy sets a least number."""

from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts


def least(procedure: Procedure) -> int:
    """Return the smallest number of ballots that is counted, by `ballot.min_turnout` if secret."""
    return procedure.number("ballot.min_turnout") if procedure.is_secret else 1


def can_open(facts: RollFacts, procedure: Procedure) -> bool:
    """Tell whether the roll is large enough; nobody's answer could be guessed from the sum."""
    return facts.entitled >= least(procedure)


def is_counted(received: int, procedure: Procedure) -> bool:
    """Tell whether the box is opened; with fewer ballots it stays closed."""
    return received >= least(procedure)
