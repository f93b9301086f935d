"""How many have cast, as bare numbers; nothing here depends on a choice."""

from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.models import CredentialPointer, Question, RollEntry, Round


class Turnout(NamedTuple):
    """Members who have cast, members on a roll with a voting key, members on a roll."""

    cast: int
    with_key: int
    roll: int


def turnout(held: Session, round_: Round) -> Turnout:
    """Count over all questions of a round."""
    on_roll = (
        select(func.count(func.distinct(RollEntry.member_id)))
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id)
    )
    with_key = on_roll.where(col(RollEntry.credential).is_not(None))
    cast = (
        select(func.count(func.distinct(CredentialPointer.credential)))
        .join(Question, col(Question.id) == CredentialPointer.question_id)
        .where(Question.round_id == round_.id)
    )
    return Turnout(*(held.exec(query).one() for query in (cast, with_key, on_roll)))
