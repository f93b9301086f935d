"""What a question needs as things stand: its numbers, and what keeps it from opening."""

from typing import Any

from sqlmodel import Session

from app import electoral_roll, rules_of_procedure
from app.models import Question, Round
from app.round import announcing, opening


def standing(
    held: Session, owner: Round, question: Question
) -> tuple[dict[str, Any] | None, str | None]:
    """The figures, live until they are frozen, and the outcome that would follow from them.

    No figures while a rule that they need is missing.
    """
    if question.roll_facts is not None:
        return question.roll_facts, question.taken_out_reason
    if announcing.missing_rules(held, owner):
        return None, None
    procedure = rules_of_procedure.procedure(held, owner, question.matter)
    facts = electoral_roll.resolve(held, question).facts
    figures = electoral_roll.figures(facts, procedure, question)
    return figures, opening.obstacle(owner, facts, procedure)
