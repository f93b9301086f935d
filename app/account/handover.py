"""Handing an area over to the moderators of a new contractor, by two persons.

Nothing happens before the day, and until then two can undo it; on it the worker ends who leaves
and invites who comes.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, select, update

from app import decision_log, second_person, setback
from app.account import inviting
from app.account.proving import login_of
from app.errors import Refused
from app.models import Area, Confirmation, Handover, Member, Officer, Round
from app.models.confirmation import LIFETIME

NOT_OVER = ("draft", "announced", "open")
UNDO = "undo_handover"


class Plan(NamedTuple):
    """Who takes the area over, from when and why; `team` is [{"name", "mail"}]."""

    contractor: str
    mandated_by: str
    starts_on: date
    team: list[dict[str, str]]
    reason: str


class Left(NamedTuple):
    """What the old team leaves: whose access ends, whose stays, how many rounds are not over."""

    officers: Sequence[Officer]
    administrators: Sequence[Officer]
    rounds: int


def asked(
    held: Session, area_id: int, now: datetime, act: str = "hand_over_area"
) -> Confirmation | None:
    """The request for a second person that still waits."""
    return held.exec(
        select(Confirmation)
        .where(Confirmation.area_id == area_id, Confirmation.act == act)
        .where(col(Confirmation.confirmed_at).is_(None))
        .where(Confirmation.requested_at > now - LIFETIME)
        .order_by(col(Confirmation.id).desc())
    ).first()


def agreed(held: Session, area_id: int) -> Handover | None:
    """The handover that two persons want and whose day has not been."""
    return held.exec(
        select(Handover)
        .where(Handover.area_id == area_id, col(Handover.agreed_at).is_not(None))
        .where(col(Handover.undone_at).is_(None), col(Handover.done_at).is_(None))
    ).first()


def left(held: Session, area_id: int, team: Sequence[dict[str, str]]) -> Left:
    """What ends when this team takes over; a moderator who is in it stays."""
    open_rounds = select(func.count(col(Round.id))).where(
        Round.area_id == area_id, col(Round.state).in_(NOT_OVER)
    )
    administrators = _officers(held, area_id, "administrator")
    return Left(_leaving(held, area_id, team), administrators, held.exec(open_rounds).one())


def ask(held: Session, plan: Plan, officer: Officer, now: datetime) -> Confirmation:
    """Ask a second person; one handover at a time."""
    if asked(held, officer.area_id, now) or agreed(held, officer.area_id):
        raise Refused("already_done")
    handover = Handover(area_id=officer.area_id, asked_by=officer.id, **plan._asdict())
    held.add(handover)
    held.flush()
    return second_person.ask(
        held, "hand_over_area", officer, now, reason=plan.reason, handover_id=handover.id
    )


def confirm(
    held: Session, request: Confirmation, person: Officer | Member, now: datetime
) -> Handover:
    """Agree as the second person; from now on only two people can undo it."""
    second_person.require_second(held, request, person, now)
    second_person.agree(held, request, person, now)
    handover = held.get_one(Handover, request.handover_id)
    handover.agreed_at = now
    held.add(handover)
    _log(held, handover, "agreed", handover.reason, now)
    return handover


def ask_to_undo(
    held: Session, handover: Handover, reason: str, officer: Officer, now: datetime
) -> Confirmation:
    """Ask a second person to take it back before its day."""
    if asked(held, handover.area_id, now, UNDO):
        raise Refused("already_done")
    return second_person.ask(held, UNDO, officer, now, reason=reason, handover_id=handover.id)


def undo(held: Session, request: Confirmation, person: Officer | Member, now: datetime) -> None:
    """Take it back as the second person."""
    second_person.require_second(held, request, person, now)
    second_person.agree(held, request, person, now)
    handover = held.get_one(Handover, request.handover_id)
    _end(held, handover, now, "undone_at")
    _log(held, handover, "undone", request.reason, now)
    _forget_team(held, handover)


def due(held: Session, today: date) -> Sequence[Handover]:
    """The handovers whose day has come."""
    return held.exec(
        select(Handover)
        .where(col(Handover.agreed_at).is_not(None), Handover.starts_on <= today)
        .where(col(Handover.undone_at).is_(None), col(Handover.done_at).is_(None))
        .where(setback.is_whole(Handover.area_id))
    ).all()


def carry_out(held: Session, handover: Handover, now: datetime) -> None:
    """End the moderators who leave, invite those who come, and name the new contractor."""
    _end(held, handover, now, "done_at")
    area = held.get_one(Area, handover.area_id)
    area.contractor, area.mandated_by = handover.contractor, handover.mandated_by
    held.add(area)
    for officer in _leaving(held, area.id, handover.team):
        inviting.end(held, officer, now)
    for each in _coming(held, area.id, handover.team):
        _invite(held, area.id, each, now)
    _log(held, handover, "done", handover.reason, now)
    _forget_team(held, handover)


def _end(held: Session, handover: Handover, now: datetime, how: str) -> None:
    """Settle it once: whoever comes second is refused."""
    won = held.exec(
        update(Handover)
        .where(col(Handover.id) == handover.id, col(Handover.agreed_at).is_not(None))
        .where(col(Handover.undone_at).is_(None), col(Handover.done_at).is_(None))
        .values({how: now})
    )
    if won.rowcount != 1:
        raise Refused("already_done")


def _leaving(held: Session, area_id: int, team: Sequence[dict[str, str]]) -> list[Officer]:
    staying = {login_of(each["mail"]) for each in team}
    return [
        each
        for each in _officers(held, area_id, "moderator")
        if login_of(each.mail or "") not in staying
    ]


def _coming(held: Session, area_id: int, team: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    known = {login_of(each.mail or "") for each in _officers(held, area_id, "moderator")}
    return [each for each in team if login_of(each["mail"]) not in known]


def _officers(held: Session, area_id: int, role: str) -> Sequence[Officer]:
    return held.exec(
        select(Officer)
        .filter_by(area_id=area_id, role=role)
        .where(col(Officer.ended_at).is_(None))
        .order_by(col(Officer.name))
    ).all()


def _invite(held: Session, area_id: int, person: dict[str, str], now: datetime) -> None:
    officer = Officer(area_id=area_id, role="moderator", name=person["name"], mail=person["mail"])
    held.add(officer)
    held.flush()
    inviting.invite(held, officer, now)


def _forget_team(held: Session, handover: Handover) -> None:
    """Names and addresses stand where the people are now, or nowhere."""
    handover.team = []
    held.add(handover)
    held.flush()


def _log(held: Session, handover: Handover, state: str, reason: str, now: datetime) -> None:
    public = {
        "state": state,
        "contractor": handover.contractor,
        "mandated_by": handover.mandated_by,
        "starts_on": handover.starts_on.isoformat(),
        "reason": reason,
    }
    decision_log.append(held, held.get_one(Area, handover.area_id), "handover", public, now)
