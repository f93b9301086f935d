"""What a closed choice between options comes to by the rules: who got its places."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from app import electoral_roll, rules_of_procedure
from app.models import Question, Round
from app.models.round import BLANK
from app.round import drawing
from app.round.telling import decides
from voting.rules import grade, options
from voting.rules.options import Picked, Votes
from voting.rules.outcome import Turnout
from voting.rules.procedure import Procedure
from voting.rules.roll import RollFacts

Figures = dict[str, Any]
# Figures of a yes/no question, which a choice has none of.
NONE: Figures = dict.fromkeys(
    (
        *("yes", "no", "abstain", "quorum_have", "majority", "base", "base_count"),
        *("required", "missing", "minimum"),
    )
)


def on_ticks(
    held: Session, round_: Round, question: Question, counts: Sequence[int], turnout: Turnout
) -> Figures:
    """The figures of a choice whose box was counted; blank ballots stand first in `counts`."""
    votes = _votes(question, counts, turnout.received)
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    if not decides(round_):
        return _of_poll(question, votes, rules)
    facts = electoral_roll.facts_of(question.roll_facts or {})
    judged = _judge(facts, rules, turnout, votes, question)
    lot = drawing.draw(held, round_, question, judged.tied) if judged.code == "tie_lot" else None
    taken = drawing.taken(question, lot, judged.open_places) if lot else []
    return NONE | {
        "code": judged.code,
        "quorum_have": judged.quorum.have,
        "ballots": votes.ballots,
        "reveals_all": judged.reveals_all,
        "counts": _counts(question, votes, _marks(question, judged, taken)),
        "open_places": judged.open_places - len(taken),
        "needed": judged.required or None,
        "lot": lot,
    }


def _judge(
    facts: RollFacts, rules: Procedure, turnout: Turnout, votes: Votes, question: Question
) -> Picked:
    if question.is_grade:
        return grade.decide(facts, rules, turnout, votes)
    return options.decide(facts, rules, turnout, votes, question.places)


def _votes(question: Question, counts: Sequence[int], received: int) -> Votes:
    blank, *ticks = counts if question.has_blank else (0, *counts)
    named = [each for each in question.answers if each != BLANK]
    return Votes(received, dict(zip(named, ticks, strict=True)), blank, question.most)


def _of_poll(question: Question, votes: Votes, rules: Procedure) -> Figures:
    """Counts and no outcome: a poll decides nothing."""
    return NONE | {
        "code": "poll_only",
        "ballots": votes.ballots,
        "reveals_all": rules.is_secret and votes.are_all_equal,
        "counts": _counts(question, votes, {}),
    }


def _marks(question: Question, judged: Picked, drawn: Sequence[str]) -> dict[str, str]:
    """What came of an answer, for those of which something did."""
    mark = "middle" if question.is_grade else "chosen"
    level = dict.fromkeys(judged.tied, "tied") | dict.fromkeys(drawn, "drawn")
    return level | dict.fromkeys(judged.chosen, mark)


def _counts(question: Question, votes: Votes, marks: Mapping[str, str]) -> list[Figures]:
    """What each answer got and what came of it, in the order of the ballot."""
    found = {**votes.ticks, BLANK: votes.blank}
    return [
        {"answer": each, "votes": found[each], "mark": marks.get(each)} for each in question.answers
    ]
