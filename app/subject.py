"""What a question is about: a proposal and its money, or a new version of the rules."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session, SQLModel, col, func, select

from app.models import Proposal, Question, RulesOfProcedure
from app.text import rules_title

Row = TypeVar("Row", bound=SQLModel)


class Subject(NamedTuple):
    """Either `proposal` or `rules`, and the title that pages show.

    `before` is the version that the new rules would follow.
    """

    title: str
    proposal: Proposal | None = None
    rules: RulesOfProcedure | None = None
    before: int | None = None


def of_proposal(proposal: Proposal) -> Subject:
    return Subject(proposal.title, proposal=proposal)


def of_rules(held: Session, rules: RulesOfProcedure) -> Subject:
    before = select(func.max(RulesOfProcedure.version)).where(
        RulesOfProcedure.body_id == rules.body_id,
        RulesOfProcedure.state == "adopted",
        RulesOfProcedure.version < rules.version,
    )
    return Subject(rules_title(rules.version), rules=rules, before=held.exec(before).one())


def of(held: Session, question: Question) -> Subject:
    return of_all(held, [question])[question.id]


def of_all(held: Session, questions: Sequence[Question]) -> dict[str, Subject]:
    """By question."""
    proposals = _by_id(held, Proposal, {each.proposal_id for each in questions})
    rules = _by_id(held, RulesOfProcedure, {each.rules_id for each in questions})
    return {
        each.id: of_rules(held, rules[each.rules_id])
        if each.rules_id
        else of_proposal(proposals[each.proposal_id])
        for each in questions
    }


def _by_id(held: Session, table: type[Row], ids: Collection[int | None]) -> dict[Any, Row]:
    key = table.id  # type: ignore[attr-defined]
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    return {each.id: each for each in held.exec(select(table).where(col(key).in_(wanted)))}  # type: ignore[attr-defined]
