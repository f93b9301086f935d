"""Where a round stands, as one code that pages and steps share."""

from collections.abc import Iterable

from app.models import Question, Round

WAY = ("draft", "announced", "open", "closed", "counted", "confirmed", "published")
STANDING = {
    "listed": "closed",
    "counted": "counted",
    "too_few_ballots": "counted",
    "confirmed": "confirmed",
    "published": "published",
    "annulled": "published",
}


def progress(round_: Round, questions: Iterable[Question]) -> str:
    """The step of the question that is furthest behind; `void` for an abandoned round.

    A round that was announced and of which no question is left stands at `taken_out`.
    """
    left = [each for each in questions if each.state != "taken_out"]
    if round_.state == "announced" and not left:
        return "taken_out"
    if round_.state != "closed":
        return round_.state
    steps = [STANDING[each.state] for each in left]
    return min(steps, key=WAY.index, default="closed")
