"""The roster of a body with an announced round changes only while two persons have released it."""

from datetime import datetime

from sqlmodel import Session, col, select

from app import db, decision_log, second_person
from app.body import day_of, term_to_fill
from app.errors import Refused
from app.models import Area, Body, Confirmation, Member, Officer, Round
from app.models.confirmation import LIFETIME

BINDING = ("announced", "open")


def is_bound(held: Session, body_id: int) -> bool:
    """Whether a round of the body is announced or open."""
    bound = select(Round.id).where(Round.body_id == body_id, col(Round.state).in_(BINDING))
    return held.exec(bound).first() is not None


def require_released(held: Session, body_id: int) -> None:
    """Refuse a change while a round binds the roster and nobody has released it."""
    if is_bound(held, body_id) and released_until(held, body_id, db.clock(held)) is None:
        raise Refused("roster_bound")


def released_until(held: Session, body_id: int, now: datetime) -> datetime | None:
    """Until when the roster may be changed, once a second person agreed."""
    agreed = held.exec(
        select(Confirmation.confirmed_at)
        .where(Confirmation.body_id == body_id, Confirmation.act == "change_roster")
        .where(col(Confirmation.confirmed_at) > now - LIFETIME)
        .order_by(col(Confirmation.confirmed_at).desc())
    ).first()
    return agreed + LIFETIME if agreed else None


def request_for(held: Session, body: Body, now: datetime) -> Confirmation | None:
    """The request for a second person that still waits."""
    return held.exec(
        select(Confirmation)
        .where(Confirmation.body_id == body.id, Confirmation.act == "change_roster")
        .where(col(Confirmation.confirmed_at).is_(None))
        .where(Confirmation.requested_at > now - LIFETIME)
    ).first()


def ask(held: Session, body: Body, reason: str, officer: Officer, now: datetime) -> Confirmation:
    """Ask a second person to release the roster."""
    _require_useful(held, body, now)
    if request_for(held, body, now):
        raise Refused("already_done")
    return second_person.ask(held, "change_roster", officer, now, reason=reason, body_id=body.id)


def confirm(held: Session, request: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Confirm as the second person: the roster can be changed from now on; the log says why."""
    second_person.require_second(held, request, person, now)
    body = held.get_one(Body, request.body_id)
    _require_useful(held, body, now)
    second_person.agree(held, request, person, now)
    term = term_to_fill(held, body, day_of(now))
    if term is None:
        raise Refused("no_term")
    public = {
        "body": decision_log.body_record(body),
        "term": term.id,
        "reason": request.reason,
        "until": decision_log.moment(now + LIFETIME),
    }
    decision_log.append(held, held.get_one(Area, body.area_id), "roster_released", public, now)


def _require_useful(held: Session, body: Body, now: datetime) -> None:
    if not is_bound(held, body.id) or released_until(held, body.id, now):
        raise Refused("already_done")
