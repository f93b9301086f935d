"""What a closed question comes to by the rules: an outcome, or the bare numbers of a poll."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from app import electoral_roll, rules_of_procedure
from app.models import CredentialPointer, Question, RollEntry, Round
from app.round import papers, picking
from app.round.telling import decides
from voting.rules import outcome, poll
from voting.rules.majority import Ballots
from voting.rules.procedure import Procedure

Figures = dict[str, Any]


def at_close(held: Session, round_: Round, question: Question) -> Figures | None:
    """The figures of a question whose box stays shut; None if it is to be counted."""
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    turnout = turnout_of(held, question)
    if not decides(round_):
        is_counted = poll.is_counted(turnout.received, rules)
        return None if is_counted else _poll_figures(None, turnout.received, rules)
    facts = electoral_roll.facts_of(question.roll_facts or {})
    stopped = outcome.at_close(facts, rules, turnout)
    return _outcome_figures(stopped, turnout.received) if stopped else None


def on_tally(held: Session, round_: Round, question: Question, counts: Sequence[int]) -> Figures:
    """The figures of a question whose box was counted; `counts` are those of the board."""
    turnout = turnout_of(held, question)
    if question.is_choice:
        return picking.on_ticks(held, round_, question, counts, turnout)
    return on_votes(held, round_, question, Ballots(*counts), turnout)


def on_votes(
    held: Session,
    round_: Round,
    question: Question,
    ballots: Ballots,
    turnout: outcome.Turnout,
) -> Figures:
    """The figures of a question, from its votes and from who gave them."""
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    if not decides(round_):
        found = ballots if poll.is_counted(ballots.received, rules) else None
        return _poll_figures(found, ballots.received, rules)
    facts = electoral_roll.facts_of(question.roll_facts or {})
    judged = outcome.decide(facts, rules, turnout, ballots)
    return _outcome_figures(judged, ballots.received)


def turnout_of(held: Session, question: Question) -> outcome.Turnout:
    """How many seats cast, and of which group; known without opening the box."""
    rows = held.exec(
        select(RollEntry.segment, func.count())
        .join(CredentialPointer, col(CredentialPointer.question_id) == RollEntry.question_id)
        .where(RollEntry.question_id == question.id)
        .where(CredentialPointer.credential == RollEntry.credential)
        .group_by(RollEntry.segment)
    )
    cast, on_paper = dict(rows.all()), papers.cast_by_segment(held, question)
    residents = cast.get("resident", 0) + on_paper["resident"]
    partners = cast.get("partner", 0) + on_paper["partner"]
    return outcome.Turnout(residents + partners, residents, partners)


def _outcome_figures(judged: outcome.Outcome, received: int) -> Figures:
    majority = judged.majority
    return _counts(judged.ballots) | {
        "code": judged.code,
        "quorum_have": judged.quorum.have,
        "ballots": received,
        "majority": majority.rule if majority else None,
        "base": majority.counted if majority else None,
        "base_count": majority.base if majority else None,
        "required": majority.required if majority else None,
        "missing": judged.missing_yes,
        "reveals_all": judged.reveals_all,
        "minimum": judged.minimum,
    }


def _poll_figures(ballots: Ballots | None, received: int, rules: Procedure) -> Figures:
    """Counts and no outcome: a poll decides nothing."""
    empty = dict.fromkeys(("quorum_have", "majority", "base", "base_count", "required", "missing"))
    return (
        _counts(ballots)
        | empty
        | {
            "code": "poll_only" if ballots else "too_few_ballots",
            "ballots": received,
            "reveals_all": bool(ballots and rules.is_secret and ballots.are_all_equal),
            "minimum": None if ballots else poll.least(rules),
        }
    )


def _counts(ballots: Ballots | None) -> Figures:
    """Without a count every figure of it is None."""
    return {
        "yes": ballots.yes if ballots else None,
        "no": ballots.no if ballots else None,
        "abstain": ballots.abstain if ballots else None,
        "invalid": ballots.invalid if ballots else None,
    }
