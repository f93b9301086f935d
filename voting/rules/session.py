"""Who is in the room, who speaks and who leads."""

from typing import Literal

from voting.rules.procedure import Procedure
from voting.rules.roll import Segment

Guest = Literal["stranger", "registered", "member"]

_ADMITTED: dict[str, tuple[Guest, ...]] = {
    "public": ("stranger", "registered", "member"),
    "registered_guests": ("registered", "member"),
    "closed": ("member",),
}


def admits(guest: Guest, procedure: Procedure) -> bool:
    """Tell whether somebody may come to a meeting, by `meeting.public`."""
    return guest in _ADMITTED[procedure.choice("meeting.public")]


def may_debate(*, is_recused: bool, procedure: Procedure) -> bool:
    """Tell whether a member may stay and speak on an item, by `recusal.rule`; never a vote."""
    return not is_recused or procedure.choice("recusal.rule") == "debate_no_vote"


def may_become_speaker(segment: Segment, speakers: int, procedure: Procedure) -> bool:
    """Tell whether one more speaker may be elected from a segment besides those there are."""
    if speakers >= procedure.number("speakers"):
        return False
    return segment == "resident" or procedure.choice("speakers.segment") == "any"


def is_led_by_speakers(procedure: Procedure) -> bool:
    """Tell whether the speakers lead the meeting instead of the QM team, by `moderation`."""
    return procedure.choice("moderation") == "speakers"


def may_vote_in_writing(*, conditions_met: bool, procedure: Procedure) -> bool:
    """Tell whether a question may go into a circular vote, by `circular.allowed`."""
    allowed = procedure.choice("circular.allowed")
    return allowed == "yes" or (allowed == "conditions" and conditions_met)
