"""On which questions of a round a member votes, and why not on the others."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models import PaperVoter, Question, Recusal, RollEntry, Round, VotingKey


class Entitlement(NamedTuple):
    """The member's own point on a question's roll, or the reason why there is none.

    Reasons: recused, by_hand, on_paper, no_key, key_late (made after the opening), not_on_roll.
    """

    point: str | None
    reason: str | None

    @property
    def may_vote(self) -> bool:
        return self.point is not None


def listed(held: Session, round_: Round) -> list[Question]:
    """The questions that are put to the vote, in their order."""
    return list(
        held.exec(
            select(Question)
            .where(Question.round_id == round_.id, Question.state != "taken_out")
            .order_by(col(Question.position))
        )
    )


def entitlements(
    held: Session, round_: Round, questions: Iterable[Question], member_id: int
) -> dict[str, Entitlement]:
    """By question: from the frozen roll, before opening from recusals and keys alone."""
    key = held.exec(
        select(VotingKey.point).where(
            VotingKey.term_id == round_.term_id,
            VotingKey.member_id == member_id,
            VotingKey.group == round_.group,
        )
    ).first()
    recused = held.exec(select(Recusal.question_id).where(Recusal.member_id == member_id)).all()
    rows = held.exec(
        select(RollEntry.question_id, RollEntry.credential)
        .join(Question, col(Question.id) == RollEntry.question_id)
        .where(Question.round_id == round_.id, RollEntry.member_id == member_id)
    )
    points: dict[str, str | None] = dict(rows.all())
    is_on_paper = held.get(PaperVoter, (round_.id, member_id)) is not None
    found = {}
    for question in questions:
        if question.id in recused:
            found[question.id] = Entitlement(None, "recused")
        elif not round_.has_box:
            found[question.id] = Entitlement(None, "by_hand")
        elif is_on_paper and question.id in points:
            found[question.id] = Entitlement(None, "on_paper")
        elif round_.opened_at is None:
            found[question.id] = Entitlement(None, None if key else "no_key")
        else:
            found[question.id] = _on_roll(points, question, key)
    return found


def _on_roll(points: dict[str, str | None], question: Question, key: str | None) -> Entitlement:
    if question.id not in points:
        return Entitlement(None, "not_on_roll")
    point = points[question.id]
    # A key that came with a new card took the place of the one on the roll.
    if key is not None and key != point:
        return Entitlement(None, "key_late")
    if point is None:
        return Entitlement(None, "no_key")
    return Entitlement(point, None)
