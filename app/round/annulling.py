"""A published decision is annulled: two people, a reason, and by rule a vote of the body."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app import decision_log, granting, roll_mail, rules_of_procedure, second_person, subject
from app.errors import Refused
from app.models import (
    Annulment,
    Area,
    Confirmation,
    Decision,
    Officer,
    Question,
    Round,
    RulesOfProcedure,
)
from app.text import parameter_name
from voting.rules import objection

VOTED = ("confirmed", "published")


def needs_vote(held: Session, decision: Decision) -> bool:
    """Whether the rules in force ask for a vote of the body; an empty rule is named."""
    rules = rules_of_procedure.in_force(held, decision.body_id)
    if rules is None or rules.parameters.get("annul.by") is None:
        raise Refused("rules_missing", names=parameter_name("annul.by"))
    return objection.needs_vote(rules_of_procedure.procedure_of(rules))


def votes(held: Session, decision: Decision) -> Sequence[Question]:
    """Questions that the body adopted after the decision and by which it may want this."""
    taken = select(Annulment.vote_id).where(col(Annulment.vote_id).is_not(None))
    found = held.exec(
        select(Question)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Round.body_id == decision.body_id, Question.matter == "other")
        .where(col(Question.rules_id).is_(None), col(Question.state).in_(VOTED))
        .where(Question.kind == "yes_no")
        .where(col(Round.closed_at) > decision.published_at)
        .where(col(Question.id).not_in(taken))
        .order_by(col(Round.closed_at).desc())
    ).all()
    return [each for each in found if (each.outcome or {}).get("code") == "adopted"]


def request(
    held: Session,
    decision: Decision,
    *,
    reason: str,
    vote_id: str | None,
    officer: Officer,
    now: datetime,
) -> Confirmation:
    """Ask for a second person; refuse what could not be done now."""
    question = held.get_one(Question, decision.question_id)
    _require_possible(held, decision, question)
    if needs_vote(held, decision) and vote_id not in {each.id for each in votes(held, decision)}:
        raise Refused("annul_needs_vote")
    asked = second_person.ask(
        held,
        "annul_decision",
        officer,
        now,
        reason=reason,
        round_id=question.round_id,
        question_id=question.id,
    )
    held.add(
        Annulment(
            confirmation_id=asked.id,
            area_id=decision.area_id,
            decision_id=decision.id,
            vote_id=vote_id,
        )
    )
    held.flush()
    return asked


def _require_possible(held: Session, decision: Decision, question: Question) -> None:
    if question.state != "published":
        raise Refused("already_done")
    rules = held.get(RulesOfProcedure, question.rules_id) if question.rules_id else None
    if rules is not None and decision.page["outcome"] == "adopted":
        raise Refused("annul_rules")


def annul(held: Session, confirmation: Confirmation, now: datetime) -> None:
    """End what the decision meant; its page stays and says so. The round is locked."""
    asked = held.get_one(Annulment, confirmation.id)
    decision = held.get_one(Decision, asked.decision_id)
    question = held.get_one(Question, decision.question_id)
    question.state, decision.annulled_at = "annulled", now
    proposal = subject.of(held, question).proposal
    if proposal:
        proposal.state = "admitted"
    granting.release(held, question, "annul", now, confirmation.reason)
    held.flush()
    public = {
        "decision": decision.number,
        "question": question.id,
        "reason": confirmation.reason,
        "vote": asked.vote_id,
    }
    decision_log.append(held, held.get_one(Area, decision.area_id), "annulled", public, now)
    roll_mail.tell_annulled(held, decision, confirmation.reason, now)
