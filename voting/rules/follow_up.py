"""What becomes of a question that could not be voted on."""

from typing import Literal

from voting.rules.outcome import Outcome
from voting.rules.procedure import Procedure

FollowUp = Literal["poll", "circular", "open_vote", "postpone"]


def of(outcome: Outcome, procedure: Procedure) -> FollowUp | None:
    """Return what follows an outcome that took a question out; None for every other outcome.

    A roll below the minimum goes by `small_roll.effect`; raise LawError if that is empty.
    """
    match outcome.code:
        case "poll_only":
            return "poll"
        case "circular_after":
            return "circular"
        case "cannot_open" if outcome.minimum is not None:
            open_vote = procedure.choice("small_roll.effect") == "open_vote"
            return "open_vote" if open_vote else "postpone"
        case "postponed" | "cannot_open":
            return "postpone"
        case "segment_failed" if procedure.choice("resident_majority") == "present":
            return "postpone"
    return None
