"""The boxes of ended votes are deleted when the rules of their body say so."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, select

from app.models import (
    Ballot,
    Board,
    BoardEvent,
    CredentialPointer,
    Question,
    Receipt,
    Round,
    RulesOfProcedure,
    Term,
)
from voting.rules.disclosure import archive_end
from voting.rules.procedure import Procedure

KEEPING = "archive.keep_months"
# A count that is still to come needs the box.
JUDGED = ("taken_out", "counted", "too_few_ballots", "confirmed", "published", "annulled")


def forget_boxes(held: Session, today: date) -> int:
    """Delete every box whose time is over with its receipts; results stay. Return how many."""
    found = list(_over(held, today))
    for table in (BoardEvent, CredentialPointer, Ballot, Board):
        held.exec(delete(table).where(col(table.question_id).in_([each.id for each in found])))
    rounds = {each.round_id for each in found}
    held.exec(delete(Receipt).where(col(Receipt.round_id).in_(sorted(rounds))))
    return len(found)


def _over(held: Session, today: date) -> Iterator[Question]:
    boxes = held.exec(
        select(Question, Term, RulesOfProcedure)
        .join(Board, col(Board.question_id) == Question.id)
        .join(Round, col(Round.id) == Question.round_id)
        .join(Term, col(Term.id) == Round.term_id)
        .join(RulesOfProcedure, col(RulesOfProcedure.id) == Round.rules_id)
        .where(
            or_(
                col(Round.state) == "void",
                and_(col(Round.state) == "closed", col(Question.state).in_(JUDGED)),
            )
        )
    ).all()
    for question, term, rules in boxes:
        keeps = rules.parameters.get(KEEPING) is not None
        if keeps and archive_end(term.ends_on, Procedure(rules.parameters)) <= today:
            yield question
