"""The box of a round: who may read it after the close, until when, and what is left of it then."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, func, select

from app import decision_log, rules_of_procedure
from app.board import read_archive
from app.body import term_ids_of
from app.errors import Refused
from app.models import (
    Area,
    Ballot,
    Board,
    BoardEvent,
    CredentialPointer,
    Member,
    Question,
    Receipt,
    Round,
    RulesOfProcedure,
    Term,
)
from voting.protocol import canon
from voting.rules.disclosure import archive_end, may_read_archive
from voting.rules.procedure import Procedure

# After the end of the term, until a body sets a time of its own.
USUAL_MONTHS = 12
# A count that is still to come needs the box.
JUDGED = ("taken_out", "counted", "too_few_ballots", "confirmed", "published", "annulled")


def end_of(held: Session, round_: Round, rules: RulesOfProcedure) -> date:
    """The day on which the box of a round that opens now is deleted, by the rules or as usual."""
    return end_after(held.get_one(Term, round_.term_id), rules)


def end_after(term: Term, rules: RulesOfProcedure | None) -> date:
    """The day on which boxes of a term are deleted, by these rules or as usual."""
    months = _months(rules) or USUAL_MONTHS
    return archive_end(term.ends_on, Procedure({"archive.keep_months": months}))


def is_by_rules(rules: RulesOfProcedure | None) -> bool:
    """Whether the body has set how long boxes are kept."""
    return bool(_months(rules))


def _months(rules: RulesOfProcedure | None) -> int | None:
    return rules.parameters.get("archive.keep_months") if rules else None


def last_end(held: Session, term: Term) -> date | None:
    """The latest day that was fixed for a box of this term; None while no box is there."""
    return held.exec(select(func.max(Round.box_ends_on)).where(Round.term_id == term.id)).one()


def audience(held: Session, round_: Round) -> str:
    """Who may read the box after the close by the rules of the round: `public` or `members`."""
    return rules_of_procedure.procedure(held, round_).choice("archive.publish")


def require_reader(held: Session, round_: Round, person: object) -> None:
    """Refuse a box to who is not among the members of the term, where the rules want that."""
    is_member = isinstance(person, Member) and round_.term_id in held.exec(term_ids_of(person))
    procedure = rules_of_procedure.procedure(held, round_)
    if not may_read_archive(is_member=is_member, procedure=procedure):
        raise Refused("box_for_members")


def require_there(question: Question) -> None:
    """Refuse, with a sentence, a box that was deleted on its day."""
    if question.box_hashes:
        raise Refused("box_gone")


def forget_boxes(held: Session, today: date, now: datetime) -> Counter[int | None]:
    """Delete every box whose time is over with its receipts; results stay. How many by area."""
    gone: Counter[int | None] = Counter()
    for round_ in _over(held, today):
        gone[round_.area_id] += _forget(held, round_, now)
    return gone


def _over(held: Session, today: date) -> Sequence[Round]:
    """The rounds of which a box is there though its day has come."""
    return held.exec(
        select(Round)
        .join(Question, col(Question.round_id) == Round.id)
        .join(Board, col(Board.question_id) == Question.id)
        .where(col(Round.box_ends_on) <= today, _is_judged())
        .distinct()
    ).all()


def _is_judged() -> Any:
    return or_(
        col(Round.state) == "void",
        and_(col(Round.state) == "closed", col(Question.state).in_(JUDGED)),
    )


def _forget(held: Session, round_: Round, now: datetime) -> int:
    """Keep the hashes of a round's boxes, in the log too, and delete what they are of."""
    found = held.exec(
        select(Question, Board)
        .join(Board, col(Board.question_id) == Question.id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Question.round_id == round_.id, _is_judged())
        .order_by(col(Question.position))
    ).all()
    for question, board in found:
        question.box_hashes = _hashes(held, board)
    if not round_.is_practice:
        boxes = [{"question": each.id, **(each.box_hashes or {})} for each, _board in found]
        _tell(held, round_, boxes, now)
    for table in (BoardEvent, CredentialPointer, Ballot, Board):
        held.exec(delete(table).where(col(table.question_id).in_([each.id for each, _ in found])))
    held.exec(delete(Receipt).where(col(Receipt.round_id) == round_.id))
    return len(found)


def _hashes(held: Session, board: Board) -> dict[str, str | None]:
    return {
        "archive": canon.hexadecimal(read_archive(held, board.question_id)),
        "strong": canon.hexadecimal(board.strong.encode()) if board.strong else None,
    }


def _tell(held: Session, round_: Round, boxes: list[dict[str, Any]], now: datetime) -> None:
    area = held.get_one(Area, round_.area_id)
    decision_log.append(held, area, "boxes_deleted", {"round": round_.id, "boxes": boxes}, now)
