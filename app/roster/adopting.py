"""A new version of the rules of procedure comes into force."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from app import decision_log, electoral_roll
from app.body import day_of
from app.models import Area, Body, Officer, RulesOfProcedure, Term
from voting.log.kind import rules_hash
from voting.rules.parameter import validate


def adopt(
    held: Session,
    body: Body,
    term: Term,
    changes: Mapping[str, object],
    officer: Officer,
    now: datetime,
) -> RulesOfProcedure | None:
    """Store the rules with these changes as the next version; None if nothing is different.

    A change to None leaves that parameter empty. Rounds keep the version they were opened with.
    """
    held.exec(select(Body).where(Body.id == body.id).with_for_update()).one()
    last = electoral_roll.rules_in_force(held, body.id)
    before = last.parameters if last else {}
    parameters = dict(validate({**before, **changes}))
    if last and parameters == validate(before):
        return None
    rules = RulesOfProcedure(
        area_id=body.area_id,
        body_id=body.id,
        version=last.version + 1 if last else 1,
        parameters=parameters,
        valid_from=day_of(now),
        adopted_at=now,
        adopted_by="officers",
        entered_by=officer.id,
    )
    held.add(rules)
    held.flush()
    _log(held, body, term, rules, now)
    return rules


def _log(held: Session, body: Body, term: Term, rules: RulesOfProcedure, now: datetime) -> None:
    public = {
        "body": decision_log.body_record(body),
        "term": term.id,
        "version": rules.version,
        "valid_from": day_of(now).isoformat(),
        "rules": rules.parameters,
        "rules_hash": rules_hash(rules.parameters),
    }
    decision_log.append(held, held.get_one(Area, body.area_id), "rules_adopted", public, now)
