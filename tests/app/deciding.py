"""How a council of the tests comes to a decision: cast for real, counted, confirmed, published."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from app import db
from app.booth.casting import cast
from app.models import Decision, Member, Question, Round
from app.round import closing, confirming, counting, preparing, publishing
from tests.app import builder
from tests.app.builder import Council

SUMMARY = {"de": "Es gibt Hochbeete.", "en": "There will be raised beds."}


def close(held: Session, council: Council, choices: Sequence[str], **chosen: Any) -> Round:
    """Open a round, let members cast these answers in their order, and close it."""
    return close_prepared(held, council, builder.prepare_round(held, council, **chosen), choices)


def close_prepared(held: Session, council: Council, round_: Round, choices: Sequence[str]) -> Round:
    """Open an announced round, let members cast these answers in their order, and close it."""
    builder.open_round(held, round_)
    let_cast(held, council, round_, zip(council.members, choices, strict=False))
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    return round_


def let_cast(
    held: Session, council: Council, round_: Round, answers: Iterable[tuple[Member, str]]
) -> None:
    """Let members cast one answer to every question that they may vote on."""
    for member, choice in answers:
        phone = council.phones[member.id]
        submission = builder.make_submission(held, phone, member, round_, choice)
        held.commit()
        if submission["ballots"]:
            with db.acting():
                cast(member, round_.id, submission)
    held.expire_all()


def count(held: Session, round_: Round) -> Sequence[Question]:
    """Count a closed round; return its questions as they are now."""
    counting.count_round(round_.id)
    held.expire_all()
    return preparing.questions_of(held, round_)


def confirm(held: Session, council: Council, round_: Round, question: Question) -> None:
    """One moderator asks, another confirms."""
    now = datetime.now(UTC)
    first, second = council.moderators
    asked = confirming.request(
        held,
        act="confirm_result",
        round_=round_,
        question=question,
        reason="",
        officer=first,
        now=now,
    )
    confirming.confirm(held, asked, second, now)


def confirmed(
    held: Session, council: Council, choices: Sequence[str], **chosen: Any
) -> Sequence[Question]:
    """The questions of a round, ready to be published."""
    round_ = close(held, council, choices, **chosen)
    questions = count(held, round_)
    for question in questions:
        confirm(held, council, round_, question)
    return questions


def decide(
    held: Session, council: Council, choices: Sequence[str], **chosen: Any
) -> list[Decision]:
    """The published decisions of one round."""
    now = datetime.now(UTC)
    questions = confirmed(held, council, choices, **chosen)
    published = [publishing.publish(held, each, SUMMARY, now) for each in questions]
    held.commit()
    return published


def finish(held: Session, council: Council, round_: Round, choices: Sequence[str]) -> Decision:
    """The published decision of an announced round with one question."""
    close_prepared(held, council, round_, choices)
    question = count(held, round_)[0]
    confirm(held, council, round_, question)
    made = publishing.publish(held, question, SUMMARY, datetime.now(UTC))
    held.commit()
    return made
