"""A version of the rules comes into force: by two officers, or by a question of the body."""

from datetime import datetime

from sqlmodel import Session, col, select

from app import decision_log, rules_of_procedure
from app.body import day_of, votes_by_ballot
from app.errors import Refused
from app.models import Area, Body, Officer, Question, Round, RulesOfProcedure
from voting.log.kind import rules_hash

ENDED = ("taken_out", "published", "annulled")


def draft(held: Session, body_id: int) -> RulesOfProcedure | None:
    """The version that a body works on or votes on; none once it has been voted down."""
    newest = held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == body_id)
        .order_by(col(RulesOfProcedure.version).desc())
        .limit(1)
    ).first()
    if newest is None or newest.state != "draft" or was_rejected(held, newest):
        return None
    return newest


def was_rejected(held: Session, rules: RulesOfProcedure) -> bool:
    """Whether a question on this draft was published, and the draft is none the less a draft."""
    asked = select(Question.id).where(Question.rules_id == rules.id, Question.state == "published")
    return rules.state == "draft" and held.exec(asked).first() is not None


def waiting_question(held: Session, rules: RulesOfProcedure) -> Question | None:
    """The question on this version that the body has still to answer; it binds the draft."""
    return held.exec(
        select(Question)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Question.rules_id == rules.id, Round.area_id == rules.area_id)
        .where(Round.state != "void", col(Round.is_poll).is_(False))
        .where(col(Question.state).not_in(ENDED))
    ).first()


def votes_itself(held: Session, body: Body) -> bool:
    """Whether the rules in force let a body vote on new ones; until then two officers do it."""
    if not votes_by_ballot(body) or rules_of_procedure.in_force(held, body.id) is None:
        return False
    return not rules_of_procedure.missing(held, body.id, "other")


def adopt_by_officers(
    held: Session,
    rules: RulesOfProcedure,
    *,
    entered_by: int,
    confirmed_by: Officer,
    term_id: str,
    now: datetime,
) -> None:
    """Put a version into force that one officer entered and another confirmed."""
    rules.entered_by, rules.confirmed_by = entered_by, confirmed_by.id
    _adopt(held, rules, "officers", now)
    _log(held, rules, term_id, now)


def adopt_by_question(
    held: Session, rules: RulesOfProcedure, question: Question, now: datetime
) -> None:
    """Put the version into force that the body has voted for, today or on its later day."""
    _adopt(held, rules, "question", now)
    _log(held, rules, held.get_one(Round, question.round_id).term_id, now)


def _adopt(held: Session, rules: RulesOfProcedure, by: str, now: datetime) -> None:
    held.exec(select(Body.id).where(Body.id == rules.body_id).with_for_update()).one()
    if rules.state != "draft":
        raise Refused("already_done")
    today = day_of(now)
    rules.valid_from = max(rules.valid_from or today, today)
    rules.state, rules.adopted_by, rules.adopted_at = "adopted", by, now
    held.flush()


def _log(held: Session, rules: RulesOfProcedure, term_id: str, now: datetime) -> None:
    """Write the whole version into the decision log."""
    public = {
        "body": decision_log.body_record(held.get_one(Body, rules.body_id)),
        "term": term_id,
        "version": rules.version,
        "valid_from": (rules.valid_from or day_of(now)).isoformat(),
        "rules": rules.parameters,
        "rules_hash": rules_hash(rules.parameters),
    }
    decision_log.append(held, held.get_one(Area, rules.area_id), "rules_adopted", public, now)
