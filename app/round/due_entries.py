"""What a member who speaks or counts for a body may enter now, together with another person."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import subject
from app.models import Member, Question, Round
from app.round import enterers, hand_count, papers, roll_call
from app.round.preparing import questions_of
from app.second_person import own_bodies

WITH_PAPERS = ("draft", "announced", "open")


class DueEntry(NamedTuple):
    """Papers of a round, or one question that people count; `way` says how it is voted on."""

    way: str
    round: Round
    question: Question | None
    title: str


def for_member(held: Session, member: Member, now: datetime) -> list[DueEntry]:
    """In the order of the rounds; nothing that two persons have done already."""
    found = held.exec(
        select(Round)
        .where(Round.area_id == member.area_id, col(Round.state).in_(WITH_PAPERS))
        .where(col(Round.body_id).in_(own_bodies(held, member, now)))
        .order_by(col(Round.created_at), col(Round.id))
    ).all()
    return [each for round_ in found for each in _of_round(held, round_, member, now)]


def _of_round(held: Session, round_: Round, member: Member, now: datetime) -> Iterator[DueEntry]:
    questions = [each for each in questions_of(held, round_) if each.state == "listed"]
    subjects = subject.of_all(held, questions)
    if round_.has_box:
        if _has_papers(held, round_) and enterers.may_read(held, round_, member, now):
            titles = ", ".join(subjects[each.id].title for each in questions)
            yield DueEntry(round_.way, round_, None, titles)
    elif round_.state == "open":
        for each in questions:
            if not _is_agreed(held, round_, each):
                yield DueEntry(round_.way, round_, each, subjects[each.id].title)


def _has_papers(held: Session, round_: Round) -> bool:
    if round_.state == "open":
        return papers.of_round(held, round_.id).out > 0
    return bool(papers.voters(held, round_.id))


def _is_agreed(held: Session, round_: Round, question: Question) -> bool:
    if round_.way == "roll_call":
        return roll_call.is_agreed(held, question)
    return hand_count.agreed(held, question) is not None
