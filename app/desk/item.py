"""A question of a round as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from app import recusal, rules_of_procedure, subject
from app.models import Decision, Member, Question, Recusal, Round
from app.round import preparing, repeating
from app.round.standing import standing
from app.subject import Subject


@dataclass(frozen=True)
class Item:
    """A question with what the page says of it; `figures` are live until they are frozen."""

    question: Question
    subject: Subject
    figures: dict[str, Any] | None
    stopped: str | None
    recused: Sequence[tuple[Recusal, Member]]
    decision: Decision | None
    rules_version: int | None
    second_ballot: int

    @property
    def names(self) -> str:
        """Who is recused."""
        return ", ".join(member.name for _recusal, member in self.recused)


def items_of(held: Session, found: Round) -> list[Item]:
    return [item(held, found, each) for each in preparing.questions_of(held, found)]


def item(held: Session, owner: Round, question: Question) -> Item:
    figures, stopped = standing(held, owner, question)
    return Item(
        question=question,
        subject=subject.of(held, question),
        figures=figures,
        stopped=stopped,
        recused=recusal.of_question(held, question),
        decision=held.exec(select(Decision).where(Decision.question_id == question.id)).first(),
        rules_version=rules_of_procedure.frozen_version(held, owner),
        second_ballot=len(repeating.left_for_second_ballot(held, owner, question)),
    )
