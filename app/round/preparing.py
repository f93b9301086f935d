"""A round is drafted: one question for each proposal, or one about new rules or in own words."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from app import rules_of_procedure, subject, wording
from app.body import day_of, term_on
from app.errors import Refused
from app.models import (
    Body,
    Meeting,
    Proposal,
    Question,
    Round,
    RulesOfProcedure,
    Term,
)
from app.round import count_key
from app.subject import Choice, Subject, Terms
from voting.protocol.credential import BASE58
from voting.protocol.election import digest_wording

ID_LENGTH = 14


def make_id() -> str:
    """A random public id; a question's is the uuid of its election."""
    return "".join(secrets.choice(BASE58) for _ in range(ID_LENGTH))


def prepare(
    held: Session,
    *,
    body: Body,
    meeting: Meeting | None,
    proposals: Sequence[Proposal],
    now: datetime,
    terms: Mapping[int, Terms] | None = None,
    **more: Any,
) -> Round:
    """Draft a round of this meeting; wording and sum come from the proposals.

    `terms` maps proposals to the sum and conditions that the body votes on instead; `more` and a
    missing meeting are as in `draft`.
    """
    for proposal in proposals:
        proposal.state = "scheduled"
    subjects = [subject.of_proposal(each, (terms or {}).get(each.id)) for each in proposals]
    return draft(held, body, meeting, subjects, now, **more)


def prepare_rules(
    held: Session,
    *,
    body: Body,
    meeting: Meeting,
    rules: RulesOfProcedure,
    now: datetime,
    **more: Any,
) -> Round:
    """Draft a round in which the body votes on a new version of its rules."""
    return draft(held, body, meeting, [subject.of_rules(held, rules)], now, **more)


def draft(
    held: Session,
    body: Body,
    meeting: Meeting | None,
    subjects: Iterable[Subject],
    now: datetime,
    **more: Any,
) -> Round:
    """Draft a round with a question about each subject, and say who is to count it and in which
    group it is encrypted.

    Without a meeting it is a vote over days, which nobody prepares before somebody can count it;
    `more` are other columns of the round.
    """
    day = day_of(meeting.starts_at if meeting else now)
    round_ = Round(
        id=make_id(),
        area_id=body.area_id,
        body_id=body.id,
        term_id=_term_on(held, body, day).id,
        meeting_id=meeting.id if meeting else None,
        mode="meeting" if meeting else "circular",
        secrecy=_secrecy(held, body),
        created_at=now,
    )
    round_.sqlmodel_update(more)
    round_.group = rules_of_procedure.group_of(held, body.id)
    round_.trust = count_key.trust_of(held, round_)
    if round_.trust == "commission" and not meeting:
        count_key.require_commission(held, round_, now)
    held.add(round_)
    held.flush()
    for position, asked in enumerate(subjects, start=1):
        held.add(_question(round_, position, asked))
    held.flush()
    return round_


def _term_on(held: Session, body: Body, day: date) -> Term:
    term = term_on(held, body, day)
    if term is None:
        raise Refused("no_term")
    return term


def _secrecy(held: Session, body: Body) -> str:
    """How this body votes by its rules; without rules nothing opens, and nothing is given away."""
    rules = rules_of_procedure.in_force(held, body.id)
    return str(rules.parameters.get("ballot.secrecy", "secret")) if rules else "secret"


def _question(round_: Round, position: int, asked: Subject) -> Question:
    return Question(
        id=make_id(),
        area_id=round_.area_id,
        round_id=round_.id,
        position=position,
        proposal_id=asked.proposal.id if asked.proposal else None,
        rules_id=asked.rules.id if asked.rules else None,
        title=dict(asked.titles) or None,
        **_asked(asked),
    )


def reword(held: Session, round_: Round) -> None:
    """Take wording and sum from the subjects as they read now; they are final from here on."""
    questions = questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    for question in questions:
        question.sqlmodel_update(_asked(subjects[question.id]))


def retype(question: Question, asked: Subject) -> None:
    """Ask in other words, with other answers."""
    question.sqlmodel_update({"title": dict(asked.titles), **_asked(asked)})


def _asked(asked: Subject) -> dict[str, Any]:
    words = wording.of(asked)
    options = wording.options(asked, words)
    return {
        "matter": "funding" if asked.proposal else "other",
        "wording": words,
        "options": options,
        "is_amended": asked.terms is not None,
        "conditions": asked.terms.conditions if asked.terms else [],
        "amount_cents": _cents(asked),
        "digest": digest_wording(words, options, wording.order(asked.choice)),
        **_kind(asked.choice),
    }


def _kind(choice: Choice | None) -> dict[str, Any]:
    """Yes or no, or how many options are ticked and taken."""
    if choice is None:
        return {"kind": "yes_no", "fewest": 1, "most": 1, "places": 1, "has_blank": False}
    numbers = {name: getattr(choice, name) for name in ("fewest", "most", "places", "has_blank")}
    return {"kind": "grade" if choice.is_grade else "choice", **numbers}


def _cents(asked: Subject) -> int | None:
    if asked.terms:
        return asked.terms.cents
    return asked.proposal.requested_cents if asked.proposal else None


def questions_of(held: Session, round_: Round) -> Sequence[Question]:
    """The questions of a round in their order."""
    return held.exec(
        select(Question).where(Question.round_id == round_.id).order_by(col(Question.position))
    ).all()


def free_proposals(held: Session, round_: Round, questions: Iterable[Question]) -> None:
    """Nothing is decided about these; a poll never bound their proposals."""
    for question in questions:
        if question.proposal_id and not round_.is_poll:
            held.get_one(Proposal, question.proposal_id).state = "admitted"
