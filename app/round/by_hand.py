"""Votes that people count: by show of hands, by name, or on paper that is entered afterwards.

Two officers count without seeing each other's numbers; only equal ones stand. No box, no board.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, col, func, select

from app import decision_log, electoral_roll
from app.errors import Refused
from app.models import HandCount, Question, RollAnswer, RollEntry, Round, RulesOfProcedure
from app.round import judging
from app.round.preparing import questions_of
from app.round.telling import decides, tell
from voting.log.kind import rules_hash
from voting.rules.majority import Ballots
from voting.rules.outcome import Turnout

Standing = Literal["waits", "agreed", "unequal"]
NUMBERS = ("yes", "no", "abstain", "present", "residents")


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
    held.flush()


def is_open_allowed(held: Session, round_: Round) -> bool:
    """Whether this body votes openly: by its rules, or because the roll was too small for a box."""
    rules = electoral_roll.rules_in_force(held, round_.body_id)
    return round_.secrecy != "secret" or bool(
        rules and rules.parameters.get("ballot.secrecy") == "open"
    )


def enter(
    held: Session, question: Question, officer_id: int, numbers: Mapping[str, Any]
) -> Standing:
    """Store what one officer counted; two equal counts stand, two different ones are both gone.

    The caller has locked the open round.
    """
    round_ = _require_open(held, question, ("open", "paper"))
    if agreed(held, question):
        raise Refused("already_done")
    _require_fitting(held, round_, question, numbers)
    made = HandCount(
        area_id=question.area_id,
        question_id=question.id,
        officer_id=officer_id,
        **{name: numbers[name] for name in NUMBERS},
    )
    others = [each for each in _counts(held, question) if each.officer_id != officer_id]
    if others and _numbers(others[0]) != _numbers(made):
        for each in _counts(held, question):
            held.delete(each)
        held.flush()
        return "unequal"
    held.merge(made)
    held.flush()
    return "agreed" if others else "waits"


def needs_residents(held: Session, round_: Round, question: Question) -> bool:
    """Whether the rules ask how many residents were among those who voted."""
    rules = electoral_roll.procedure(held, round_, question.matter)
    return rules.choice("resident_majority") == "cast"


def _require_fitting(
    held: Session, round_: Round, question: Question, numbers: Mapping[str, Any]
) -> None:
    """Refuse numbers that the frozen roll does not allow."""
    facts = question.roll_facts or {}
    votes = sum(numbers[name] or 0 for name in ("yes", "no", "abstain"))
    if votes > facts["entitled"]:
        raise Refused("count_above_roll", votes=votes, roll=facts["entitled"])
    if numbers["present"] != facts["present"]:
        raise Refused("present_differs", present=facts["present"])
    residents = numbers["residents"]
    if not needs_residents(held, round_, question):
        return
    if residents is None or not 0 <= votes - residents <= facts["partners"]:
        raise Refused("residents_differ")
    if residents > facts["residents"]:
        raise Refused("residents_differ")


def answer(held: Session, question: Question, answers: Mapping[int, str]) -> None:
    """Store who answered what when the names were called, for those on the roll.

    The caller has locked the open round; until the close all answers may be entered anew.
    """
    _require_open(held, question, ("roll_call",))
    on_roll = select(RollEntry.member_id).where(RollEntry.question_id == question.id)
    if answers.keys() - set(held.exec(on_roll)):
        raise Refused("not_entitled")
    for each in held.exec(select(RollAnswer).where(RollAnswer.question_id == question.id)):
        held.delete(each)
    held.flush()
    held.add_all(
        RollAnswer(
            area_id=question.area_id, question_id=question.id, member_id=member_id, answer=said
        )
        for member_id, said in answers.items()
    )
    held.flush()


def _require_open(held: Session, question: Question, ways: tuple[str, ...]) -> Round:
    round_ = held.get_one(Round, question.round_id)
    _require(round_.way in ways, "not_found")
    _require(round_.state == "open" and question.state == "listed", "closed")
    return round_


def _require(holds: bool, refusal: str) -> None:
    if not holds:
        raise Refused(refusal)


def _counts(held: Session, question: Question) -> list[HandCount]:
    found = select(HandCount).where(HandCount.question_id == question.id)
    return list(held.exec(found.order_by(col(HandCount.officer_id))))


def _numbers(count: HandCount) -> dict[str, Any]:
    return count.model_dump(include=set(NUMBERS))


def agreed(held: Session, question: Question) -> HandCount | None:
    """The count on which two officers agree."""
    counts = _counts(held, question)
    return counts[0] if len(counts) > 1 else None


def entered_by(held: Session, question: Question) -> list[int]:
    """The officers who have entered a count."""
    return [each.officer_id for each in _counts(held, question)]


def answers_of(held: Session, question: Question) -> dict[int, str]:
    """What members answered when the names were called."""
    found = held.exec(select(RollAnswer).where(RollAnswer.question_id == question.id))
    return {each.member_id: each.answer for each in found}


def is_counted(held: Session, round_: Round) -> bool:
    """Whether every question of the round has its count."""
    listed = [each for each in questions_of(held, round_) if each.state == "listed"]
    return bool(listed) and all(_votes(held, round_, each) is not None for each in listed)


def received(held: Session, round_: Round, question: Question) -> int:
    """How many votes were counted so far."""
    found = _votes(held, round_, question)
    return found[0].received if found else 0


def most_received(held: Session, round_: Round) -> int:
    """The votes of the question for which most were counted."""
    return max((received(held, round_, each) for each in questions_of(held, round_)), default=0)


def _votes(held: Session, round_: Round, question: Question) -> tuple[Ballots, Turnout] | None:
    if round_.way == "roll_call":
        return _called(held, question)
    count = agreed(held, question)
    if count is None:
        return None
    ballots = Ballots(count.yes, count.no, count.abstain)
    residents = count.residents
    partners = None if residents is None else ballots.received - residents
    return ballots, Turnout(ballots.received, residents, partners)


def _called(held: Session, question: Question) -> tuple[Ballots, Turnout] | None:
    rows = held.exec(
        select(RollAnswer.answer, RollEntry.segment, func.count())
        .join(
            RollEntry,
            (col(RollEntry.question_id) == RollAnswer.question_id)
            & (col(RollEntry.member_id) == RollAnswer.member_id),
        )
        .where(RollAnswer.question_id == question.id)
        .group_by(RollAnswer.answer, RollEntry.segment)
    ).all()
    if not rows:
        return None
    votes = {name: sum(n for said, _, n in rows if said == name) for name in NUMBERS[:3]}
    residents = sum(n for _, segment, n in rows if segment == "resident")
    ballots = Ballots(**votes)
    return ballots, Turnout(ballots.received, residents, ballots.received - residents)


def judge(held: Session, round_: Round, now: datetime) -> None:
    """Write what the counts of a closed round come to; the caller has locked it."""
    for each in questions_of(held, round_):
        if round_.state == "closed" and each.state == "listed":
            _judge(held, round_, each, now)


def _judge(held: Session, round_: Round, question: Question, now: datetime) -> None:
    """A question that was closed early without a count has no votes."""
    none = (Ballots(0, 0, 0), Turnout(0, 0, 0))
    ballots, turnout = _votes(held, round_, question) or none
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
        "questions": [_opened(each) for each in opened],
        "taken_out": [
            {"question": each.id, "outcome": each.taken_out_reason} for each in taken_out
        ],
    }
    tell(held, round_, "hand_vote_opened", public, now)


def _opened(question: Question) -> dict[str, Any]:
    figures = question.roll_facts or {}
    return {
        "question": question.id,
        "roll_size": figures["entitled"],
        "roll": decision_log.roll_record(figures),
        "quorum": decision_log.quorum_record(figures),
        "required_yes": question.required_yes,
    }
