"""Decisions as they come about: cast for real, counted, confirmed by a second person, published."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from app import db
from app.booth.casting import cast
from app.desk import closing, confirming, counting, preparing, publishing
from app.models import Decision, Question, Round
from tests.app import builder
from tests.app.builder import Council

SUMMARY = {"de": "Es gibt Hochbeete.", "en": "There will be raised beds."}


def close(held: Session, council: Council, choices: Sequence[str], **chosen: Any) -> Round:
    """Open a round, let members cast these answers in their order, and close it."""
    round_ = builder.open_round(held, builder.prepare_round(held, council, **chosen))
    for member, choice in zip(council.members, choices, strict=False):
        phone = council.phones[member.id]
        submission = builder.make_submission(held, phone, member, round_, choice)
        held.commit()
        with db.acting():
            cast(member, round_.id, submission)
    held.expire_all()
    closing.end(held, round_, datetime.now(UTC), "end")
    held.commit()
    return round_


def count_and_confirm(held: Session, council: Council, round_: Round) -> Sequence[Question]:
    """Count a closed round; let one moderator ask and another confirm each question."""
    counting.count_round(round_.id)
    held.expire_all()
    questions = preparing.questions_of(held, round_)
    now = datetime.now(UTC)
    first, second = council.moderators
    for question in questions:
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
    return questions


@pytest.fixture
def decide(held: Session, area: Council) -> Callable[..., list[Decision]]:
    """`decide("yes", "no", …, questions=1)`: the published decisions of one round."""

    def run(*choices: str, council: Council = area, **chosen: Any) -> list[Decision]:
        round_ = close(held, council, choices, **chosen)
        questions = count_and_confirm(held, council, round_)
        now = datetime.now(UTC)
        published = [publishing.publish(held, each, SUMMARY, now) for each in questions]
        held.commit()
        return published

    return run
