"""What a question is about: a proposal and its money, new rules, or what its title names."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from sqlmodel import Session, SQLModel, col, func, select

from app.language import DEFAULT, current
from app.models import Proposal, Question, RulesOfProcedure
from app.text import rules_title

Row = TypeVar("Row", bound=SQLModel)


class Terms(NamedTuple):
    """The sum a body votes on and the duties that come with it, each {language: sentence}."""

    cents: int
    conditions: list[dict[str, str]]


class Choice(NamedTuple):
    """The options of a question, {language: words}, how many are ticked and how many are taken.

    With `is_grade` they are grades from best to worst, and none of them is taken.
    """

    options: Mapping[str, Sequence[str]]
    fewest: int = 1
    most: int = 1
    places: int = 1
    has_blank: bool = True
    is_grade: bool = False


class Subject(NamedTuple):
    """The title that pages show, and `proposal`, `rules` or a `free` wording.

    `terms` were set before the vote, else the application's own sum counts. `before` is the
    version that the new rules would follow. `free` and `titles` map each language
    to what was typed; they are empty where wording and title follow from the rest. With a `choice`
    it is answered by own options instead of yes and no.
    """

    title: str
    proposal: Proposal | None = None
    terms: Terms | None = None
    rules: RulesOfProcedure | None = None
    before: int | None = None
    free: Mapping[str, str] = MappingProxyType({})
    titles: Mapping[str, str] = MappingProxyType({})
    choice: Choice | None = None

    def title_in(self, language: str) -> str:
        return self.titles.get(language, self.title)


def of_proposal(proposal: Proposal, terms: Terms | None = None) -> Subject:
    return Subject(proposal.title, proposal=proposal, terms=terms)


def terms_of(question: Question) -> Terms | None:
    """What was set for a question before the vote; None where it asks as the application does."""
    if not question.is_amended or question.amount_cents is None:
        return None
    return Terms(question.amount_cents, question.conditions)


def of_rules(held: Session, rules: RulesOfProcedure) -> Subject:
    before = select(func.max(RulesOfProcedure.version)).where(
        RulesOfProcedure.body_id == rules.body_id,
        RulesOfProcedure.state == "adopted",
        RulesOfProcedure.version < rules.version,
    )
    return Subject(rules_title(rules.version), rules=rules, before=held.exec(before).one())


def of_free(
    titles: Mapping[str, str], wording: Mapping[str, str], choice: Choice | None = None
) -> Subject:
    """A question in words of its own; German is always there."""
    title = titles.get(current(), titles[DEFAULT])
    return Subject(title, free=wording, titles=titles, choice=choice)


def choice_of(question: Question) -> Choice | None:
    """The options that a question offers, without the words for none of them."""
    if not question.is_choice:
        return None
    named = len(question.answers) - question.has_blank
    return Choice(
        {language: words[:named] for language, words in question.options.items()},
        question.fewest,
        question.most,
        question.places,
        question.has_blank,
        question.is_grade,
    )


def of(held: Session, question: Question) -> Subject:
    return of_all(held, [question])[question.id]


def of_all(held: Session, questions: Sequence[Question]) -> dict[str, Subject]:
    """By question."""
    proposals = _by_id(held, Proposal, {each.proposal_id for each in questions})
    rules = _by_id(held, RulesOfProcedure, {each.rules_id for each in questions})
    return {each.id: _of(held, each, proposals, rules) for each in questions}


def _of(
    held: Session,
    question: Question,
    proposals: Mapping[Any, Proposal],
    rules: Mapping[Any, RulesOfProcedure],
) -> Subject:
    if question.title is not None:
        return of_free(question.title, question.wording, choice_of(question))
    if question.rules_id:
        return of_rules(held, rules[question.rules_id])
    return of_proposal(proposals[question.proposal_id], terms_of(question))


def _by_id(held: Session, table: type[Row], ids: Collection[int | None]) -> dict[Any, Row]:
    key = table.id  # type: ignore[attr-defined]
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    return {each.id: each for each in held.exec(select(table).where(col(key).in_(wanted)))}  # type: ignore[attr-defined]
