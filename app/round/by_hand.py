"""Votes that people count: by show of hands, by name, or on paper that is entered afterwards.

Only what two persons agree on stands. No box, no board.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app import decision_log, rules_of_procedure
from app.errors import Refused
from app.models import Question, Round, RulesOfProcedure
from app.round import hand_count, judging, roll_call
from app.round.preparing import questions_of
from app.round.telling import decides, tell
from voting.log.kind import rules_hash
from voting.rules.majority import Ballots
from voting.rules.outcome import Turnout


def choose_way(held: Session, round_: Round, way: str) -> None:
    """Say how a draft is voted on; by hand only where the rules have open votes.

    A secret vote may still be held on paper alone when the site cannot be reached; it is entered
    afterwards.
    """
    if way == "paper":
        is_before = round_.state in ("draft", "announced")
        _require(is_before and round_.secrecy == "secret", "ways_fixed")
        # Nobody's count key is asked for: there is no box that it could open.
        round_.is_on_paper, round_.trust = True, "office"
    else:
        _require(round_.state == "draft", "ways_fixed")
        is_open = is_open_allowed(held, round_)
        _require(is_open or way == "secret", "open_not_allowed")
        _require(not is_open or way != "secret", "open_by_rule")
        round_.secrecy, round_.is_on_paper = way, False
    round_.voted_at = None
    held.flush()


def ways_left(held: Session, round_: Round) -> set[str]:
    """The ways of voting that may still be chosen."""
    ways: set[str] = set()
    if round_.state == "draft":
        ways |= {"open", "roll_call"} if is_open_allowed(held, round_) else {"secret"}
    if round_.state in ("draft", "announced") and round_.secrecy == "secret":
        ways.add("paper")
    return ways


def is_open_allowed(held: Session, round_: Round) -> bool:
    """Whether this body votes openly: by its rules, or because the roll was too small for a box."""
    rules = rules_of_procedure.in_force(held, round_.body_id)
    return round_.secrecy != "secret" or bool(
        rules and rules.parameters.get("ballot.secrecy") == "open"
    )


def _require(holds: bool, refusal: str) -> None:
    if not holds:
        raise Refused(refusal)


def is_counted(held: Session, round_: Round) -> bool:
    """Whether two persons agree on every question of the round."""
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    return bool(listed) and all(_votes(held, round_, each) is not None for each in listed)


def received(held: Session, round_: Round, question: Question) -> int:
    """How many votes were counted so far."""
    if question.outcome is not None:
        return int(question.outcome["ballots"])
    if round_.way == "roll_call":
        return roll_call.votes(held, question)[0].received
    found = _votes(held, round_, question)
    return found[0].received if found else 0


def most_received(held: Session, round_: Round) -> int:
    """The votes of the question for which most were counted."""
    return max((received(held, round_, each) for each in questions_of(held, round_)), default=0)


def _votes(held: Session, round_: Round, question: Question) -> tuple[Ballots, Turnout] | None:
    """What two persons agree on."""
    if round_.way == "roll_call":
        is_agreed = roll_call.is_agreed(held, question)
        return roll_call.votes(held, question) if is_agreed else None
    count = hand_count.agreed(held, question)
    if count is None:
        return None
    ballots = Ballots(count.yes, count.no, count.abstain, count.invalid)
    residents = count.residents
    partners = None if residents is None else ballots.received - residents
    return ballots, Turnout(ballots.received, residents, partners)


def judge(held: Session, round_: Round, now: datetime) -> None:
    """Write what the counts of a closed round come to; the caller has locked it."""
    for each in questions_of(held, round_):
        if round_.state == "closed" and each.state == "listed":
            _judge(held, round_, each, now)


def _judge(held: Session, round_: Round, question: Question, now: datetime) -> None:
    """A question that was closed early without two equal counts has no votes, and no answers."""
    found = _votes(held, round_, question)
    if found is None:
        roll_call.forget(held, question)
    ballots, turnout = found or (Ballots(0, 0, 0), Turnout(0, 0, 0))
    figures = judging.on_votes(held, round_, question, ballots, turnout)
    question.outcome = figures
    is_shut = figures["code"] == "too_few_ballots"
    question.state = "too_few_ballots" if is_shut else "counted"
    held.flush()
    public = {
        "round": round_.id,
        "question": question.id,
        "way": round_.way,
        "outcome": figures["code"] if decides(round_) else None,
        "ballots": figures["ballots"],
        "tally": decision_log.tally_record(question),
    }
    tell(held, round_, "hand_vote_counted", public, now)


def tell_opened(
    held: Session,
    round_: Round,
    rules: RulesOfProcedure,
    opened: Iterable[Question],
    taken_out: Iterable[Question],
    now: datetime,
) -> None:
    """Say in the log that people count this round, and who may vote."""
    public = {
        "round": round_.id,
        "way": round_.way,
        "rules_version": rules.version,
        "rules_hash": rules_hash(rules.parameters),
        **_held(round_),
        "questions": [_opened(each) for each in opened],
        "taken_out": [
            {"question": each.id, "outcome": each.taken_out_reason} for each in taken_out
        ],
    }
    tell(held, round_, "hand_vote_opened", public, now)


def _held(round_: Round) -> dict[str, str]:
    """When a vote was held that is entered afterwards."""
    return {"voted_at": decision_log.moment(round_.voted_at)} if round_.voted_at else {}


def _opened(question: Question) -> dict[str, Any]:
    figures = question.roll_facts or {}
    return {
        "question": question.id,
        "roll_size": figures["entitled"],
        "roll": decision_log.roll_record(figures),
        "quorum": decision_log.quorum_record(figures),
        "required_yes": question.required_yes,
    }
