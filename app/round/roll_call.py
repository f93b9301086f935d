"""Names are called and answered aloud: one person notes the answers, another reads them over."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.errors import Refused
from app.models import Question, RollAnswer, RollCall, RollEntry
from app.round import enterers
from app.round.enterers import Person
from voting.rules.majority import Ballots
from voting.rules.outcome import Turnout

VOTES = ("yes", "no", "abstain")


def answer(
    held: Session,
    question: Question,
    answers: Mapping[int, str],
    person: Person,
    reason: str,
    now: datetime,
) -> None:
    """Store who answered what, for those on the roll; who reads it over begins anew.

    The caller has locked the open round; until the close all answers may be entered anew.
    """
    enterers.require_open(held, question, ("roll_call",))
    if answers.keys() - _on_roll(held, question):
        raise Refused("not_entitled")
    forget(held, question)
    held.add(
        RollCall(
            area_id=question.area_id,
            question_id=question.id,
            place=1,
            reason=reason,
            entered_at=now,
            **enterers.author(person),
        )
    )
    held.add_all(
        RollAnswer(
            area_id=question.area_id, question_id=question.id, member_id=member_id, answer=said
        )
        for member_id, said in answers.items()
    )
    held.flush()


def confirm(held: Session, question: Question, person: Person, seen: str, now: datetime) -> None:
    """Let a second person agree to the answers as `seen` names them; the round is locked.

    Raise Refused: closed, already_done, answers_missing, answers_changed, second_person_needed,
    confirmation_expired, officer_needed.
    """
    round_ = enterers.require_open(held, question, ("roll_call",))
    first = first_of(held, question)
    if first is None or unanswered(held, question):
        raise Refused("answers_missing")
    if is_agreed(held, question):
        raise Refused("already_done")
    if seen != mark(answers_of(held, question)):
        raise Refused("answers_changed")
    enterers.require_second(held, round_, first, person, now)
    held.add(
        RollCall(
            area_id=question.area_id,
            question_id=question.id,
            place=2,
            reason="",
            entered_at=now,
            **enterers.author(person),
        )
    )
    held.flush()
    enterers.tell_entered(held, round_, "roll_call", question, first.reason, now)


def forget(held: Session, question: Question) -> None:
    """Take out what was noted of a question."""
    for table in (RollAnswer, RollCall):
        for each in held.exec(select(table).where(table.question_id == question.id)):
            held.delete(each)
    held.flush()


def first_of(held: Session, question: Question) -> RollCall | None:
    """Who noted the answers, when and why."""
    return held.get(RollCall, (1, question.id))


def is_agreed(held: Session, question: Question) -> bool:
    """Whether a second person read the answers over."""
    return held.get(RollCall, (2, question.id)) is not None


def answers_of(held: Session, question: Question) -> dict[int, str]:
    """What members answered when the names were called."""
    found = held.exec(select(RollAnswer).where(RollAnswer.question_id == question.id))
    return {each.member_id: each.answer for each in found}


def unanswered(held: Session, question: Question) -> int:
    """How many on the roll have neither an answer nor a note that none came."""
    return len(_on_roll(held, question) - answers_of(held, question).keys())


def mark(answers: Mapping[int, str]) -> str:
    """What tells one list of answers from another."""
    lines = (f"{member_id} {said}\n" for member_id, said in sorted(answers.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def votes(held: Session, question: Question) -> tuple[Ballots, Turnout]:
    """What was answered so far, and by seats of which group."""
    rows = held.exec(
        select(RollAnswer.answer, RollEntry.segment, func.count())
        .join(
            RollEntry,
            (col(RollEntry.question_id) == RollAnswer.question_id)
            & (col(RollEntry.member_id) == RollAnswer.member_id),
        )
        .where(RollAnswer.question_id == question.id, col(RollAnswer.answer).in_(VOTES))
        .group_by(RollAnswer.answer, RollEntry.segment)
    ).all()
    ballots = Ballots(*(sum(n for said, _, n in rows if said == name) for name in VOTES))
    residents = sum(n for _, segment, n in rows if segment == "resident")
    return ballots, Turnout(ballots.received, residents, ballots.received - residents)


def _on_roll(held: Session, question: Question) -> set[int]:
    on_roll = select(RollEntry.member_id).where(RollEntry.question_id == question.id)
    return set(held.exec(on_roll))
