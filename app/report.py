""" "Etwas stimmt nicht": what people report while voting, and what the office answers."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from app import archive, setback
from app.body import day_of
from app.errors import Refused
from app.models import Area, Officer, Report, Round
from app.visitor import digest

ANSWER_WITHIN = timedelta(days=7)


def make(
    held: Session,
    area: Area,
    round_: Round | None,
    *,
    reason: str,
    words: str,
    trackers: str,
    contact: str,
    now: datetime,
) -> str:
    """Note a report under the next number of its area; return the secret that leads to it."""
    archive.require_open(area)
    setback.require_none(area)
    held.exec(select(Area.id).where(Area.id == area.id).with_for_update()).one()
    highest = held.exec(select(func.max(Report.n)).where(Report.area_id == area.id)).one()
    secret = secrets.token_urlsafe(24)
    held.add(
        Report(
            area_id=area.id,
            n=(highest or 0) + 1,
            round_id=round_.id if round_ else None,
            secret_hash=digest(secret),
            reason=reason,
            words=words,
            trackers=trackers,
            contact=contact,
            made_at=now,
        )
    )
    held.flush()
    return secret


def find(held: Session, secret: str) -> tuple[Report, Area] | None:
    """The report that this secret leads to."""
    return held.exec(
        select(Report, Area)
        .join(Area, col(Area.id) == Report.area_id)
        .where(Report.secret_hash == digest(secret))
    ).first()


def answer(held: Session, report: Report, words: str, officer: Officer, now: datetime) -> None:
    """Answer whoever reported it, once."""
    held.refresh(report, with_for_update=True)
    if report.answered_at is not None:
        raise Refused("already_done")
    report.answer, report.answered_at, report.answered_by = words, now, officer.id
    held.flush()


def due_on(report: Report) -> date:
    """By when the office promises to answer."""
    return day_of(report.made_at + ANSWER_WITHIN)


def waiting(held: Session, area_id: int) -> Sequence[Report]:
    """Those of an area that have no answer, the oldest first."""
    return held.exec(
        select(Report)
        .where(Report.area_id == area_id, col(Report.answered_at).is_(None))
        .order_by(col(Report.n))
    ).all()


def of_round(held: Session, round_: Round) -> Sequence[Report]:
    return held.exec(
        select(Report).where(Report.round_id == round_.id).order_by(col(Report.n))
    ).all()


def count_of(held: Session, round_id: str) -> int:
    """How many there were about a round; everybody may know."""
    return held.exec(select(func.count(col(Report.id))).where(Report.round_id == round_id)).one()
