"""What grade a body gives a candidate: the middle one, so that nobody gains by exaggerating."""

from collections.abc import Mapping

from voting.rules import options, quorum
from voting.rules.options import Picked, Votes
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts


def middle(counts: Mapping[str, int]) -> str | None:
    """Return the best grade that, with the better ones, more than half of the graders gave.

    `counts` runs from the best grade to the worst; None where nobody gave any. With an even
    number it is the lower one of the two in the middle (majority grade, Balinski and Laraki).
    """
    total, better = sum(counts.values()), 0
    for grade, count in counts.items():
        better += count
        if 2 * better > total:
            return grade
    return None


def decide(facts: RollFacts, procedure: Procedure, turnout: Turnout, votes: Votes) -> Picked:
    """Return the grade of one candidate through all stages; blank ballots give none.

    Code `graded`, or `none_chosen` where all are blank. Raise as `options.decide`.
    """
    stopped = options.stopped(facts, procedure, turnout, votes)
    if stopped:
        return stopped
    found = middle(votes.ticks)
    return Picked(
        "none_chosen" if found is None else "graded",
        quorum.at_close(facts, procedure, turnout.received),
        chosen=() if found is None else (found,),
        reveals_all=procedure.is_secret and votes.are_all_equal,
    )
