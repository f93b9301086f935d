"""How many have cast, as bare numbers; nothing here depends on a choice."""

from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app.models import CredentialPointer, PaperVoter, Question, RollEntry, Round
from app.round import by_hand


class Turnout(NamedTuple):
    """Members who have cast, members on a roll with a voting key or a paper, members on a roll."""

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
    figures = Turnout(*(held.exec(query).one() for query in (cast, with_key, on_roll)))
    if round_.has_box:
        on_paper = with_paper(held, round_)
        return figures._replace(with_key=figures.with_key + on_paper)
    return figures._replace(cast=by_hand.most_received(held, round_), with_key=figures.roll)


def with_paper(held: Session, round_: Round) -> int:
    """How many members on a roll of the round vote on paper or by telephone."""
    return held.exec(
        select(func.count(func.distinct(RollEntry.member_id)))
        .join(Question, col(Question.id) == RollEntry.question_id)
        .join(
            PaperVoter,
            (col(PaperVoter.round_id) == Question.round_id)
            & (col(PaperVoter.member_id) == RollEntry.member_id),
        )
        .where(Question.round_id == round_.id)
    ).one()
