"""Rounds of past weeks, told through the acts of the desk as if they had happened then."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app import applicant_letter, db
from app.demo import casting, content, meeting, people
from app.models import Proposal, Question, Round
from app.round import closing, confirming, counting, opening, publishing
from app.round.preparing import questions_of

MINUTE = timedelta(minutes=1)
UNTIL_PUBLISHED = timedelta(hours=16)
UNTIL_POSTED = timedelta(hours=1)


def tell(told: Mapping[str, Any], now: datetime) -> None:
    """One round from proposal to decision; what was told before is not told again."""
    evening = meeting.tuesday_evening(now - timedelta(weeks=told["weeks_ago"]))
    with db.acting() as held:
        round_ = _told_before(held, told) or _vote(held, told, evening)
    counting.count_round(round_.id, evening + 34 * MINUTE)
    with db.acting() as held:
        for question, each in zip(questions_of(held, round_), told["questions"], strict=True):
            if question.state == "counted":
                decide(held, question, each["summary"], evening + 35 * MINUTE)
        meeting.end(held, round_.id)


def _told_before(held: Session, told: Mapping[str, Any]) -> Round | None:
    titles = [content.proposals()[each["proposal"]]["title"] for each in told["questions"]]
    return held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .join(Proposal, col(Proposal.id) == Question.proposal_id)
        .where(col(Proposal.title).in_(titles), Round.state == "closed")
    ).first()


def _vote(held: Session, told: Mapping[str, Any], evening: datetime) -> Round:
    round_ = meeting.announce(
        held,
        meeting.hold(held, evening, told["absent"]),
        told["questions"],
        evening + 22 * MINUTE,
    )
    opening.open_round(held, round_, evening + 24 * MINUTE)
    casting.cast_as_told(held, round_, [each["votes"] for each in told["questions"]])
    closing.close(held, round_, evening + 33 * MINUTE)
    return round_


def decide(held: Session, question: Question, summary: dict[str, str], now: datetime) -> None:
    """Two moderators confirm a result, which is published and posted the next day."""
    first, second = people.moderators(held)
    confirmation = confirming.request(
        held,
        act="confirm_result",
        round_=held.get_one(Round, question.round_id),
        question=question,
        reason=content.rounds()["reason"],
        officer=first,
        now=now,
    )
    confirming.confirm(held, confirmation, second, now + MINUTE)
    decision = publishing.publish(held, question, summary, now + UNTIL_PUBLISHED)
    applicant_letter.tell(held, decision, "post", now + UNTIL_PUBLISHED + UNTIL_POSTED)
