"""A draft comes into force by two officers: one asks, another confirms."""

from datetime import datetime

from sqlmodel import Session, col, select

from app import adoption, rules_of_procedure, second_person
from app.body import day_of, term_to_fill
from app.errors import Refused
from app.models import Body, Confirmation, Officer, RulesOfProcedure, Term
from app.models.confirmation import LIFETIME
from voting.rules.parameter import validate


def ask(held: Session, draft: RulesOfProcedure, officer: Officer, now: datetime) -> Confirmation:
    """Ask a second officer to put the draft into force."""
    body = _lock(held, draft)
    _require_possible(held, body, draft)
    _term(held, body, now)
    if request_for(held, draft, now):
        raise Refused("already_done")
    return second_person.ask(held, "adopt_rules", officer, now, rules_id=draft.id)


def confirm(held: Session, confirmation: Confirmation, officer: Officer, now: datetime) -> None:
    """Confirm as the second officer: the draft is adopted, once."""
    second_person.require_second(held, confirmation, officer, now)
    draft = held.get_one(RulesOfProcedure, confirmation.rules_id)
    body = _lock(held, draft)
    second_person.agree(held, confirmation, officer, now)
    _require_possible(held, body, draft)
    adoption.adopt_by_officers(
        held,
        draft,
        entered_by=confirmation.requested_by,
        confirmed_by=officer,
        term_id=_term(held, body, now).id,
        now=now,
    )


def request_for(held: Session, draft: RulesOfProcedure, now: datetime) -> Confirmation | None:
    """The request for a second officer that still waits."""
    return held.exec(
        select(Confirmation)
        .where(Confirmation.rules_id == draft.id, col(Confirmation.confirmed_at).is_(None))
        .where(Confirmation.requested_at > now - LIFETIME)
    ).first()


def differs(held: Session, draft: RulesOfProcedure) -> bool:
    """Whether a draft says anything else than the rules in force."""
    in_force = rules_of_procedure.in_force(held, draft.body_id)
    return validate(draft.parameters) != validate(in_force.parameters if in_force else {})


def _require_possible(held: Session, body: Body, draft: RulesOfProcedure) -> None:
    if draft.state != "draft":
        raise Refused("already_done")
    if adoption.waiting_question(held, draft) or adoption.votes_itself(held, body):
        raise Refused("rules_need_vote")
    if not differs(held, draft):
        raise Refused("rules_unchanged")


def _term(held: Session, body: Body, now: datetime) -> Term:
    term = term_to_fill(held, body, day_of(now))
    if term is None:
        raise Refused("no_term")
    return term


def _lock(held: Session, draft: RulesOfProcedure) -> Body:
    return held.exec(select(Body).where(Body.id == draft.body_id).with_for_update()).one()
