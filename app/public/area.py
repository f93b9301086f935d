"""What a resident may know about areas: who decides there, what is on, what was decided."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from app.models import Area, Body, Decision, Meeting, Round, Seat
from app.turnout import Turnout, turnout

LATEST = 5


class OpenRound(NamedTuple):
    """A round that is open now: bare numbers, nothing that depends on a choice."""

    body: Body
    closes_at: datetime | None
    turnout: Turnout


def by_bezirk(held: Session) -> list[tuple[str, list[Area]]]:
    """All areas, grouped by their Bezirk."""
    areas = held.exec(select(Area).order_by(Area.bezirk, Area.name))
    return [(bezirk, list(some)) for bezirk, some in groupby(areas, key=lambda area: area.bezirk)]


def find(held: Session, slug: str) -> Area | None:
    return held.exec(select(Area).where(Area.slug == slug)).first()


def decisions(held: Session, area: Area | None = None, limit: int | None = None) -> Sequence[Any]:
    """Published decisions, newest first."""
    query = select(Decision).order_by(col(Decision.year).desc(), col(Decision.n).desc())
    if area is not None:
        query = query.where(Decision.area_id == area.id)
    return held.exec(query.limit(limit)).all()


def next_meeting(held: Session, area: Area, now: datetime) -> tuple[Meeting, Body] | None:
    return held.exec(
        select(Meeting, Body)
        .join(Body, col(Body.id) == Meeting.body_id)
        .where(Meeting.area_id == area.id, Meeting.starts_at > now)
        .order_by(col(Meeting.starts_at))
        .limit(1)
    ).first()


def bodies(held: Session, area: Area) -> Sequence[Any]:
    """Each body with its number of seats, and how many of them are residents'."""
    residents = func.sum(case((col(Seat.segment) == "resident", 1), else_=0))
    return held.exec(
        select(Body, func.count(col(Seat.id)), func.coalesce(residents, 0))
        .join(Seat, col(Seat.body_id) == Body.id, isouter=True)
        .where(Body.area_id == area.id)
        .group_by(col(Body.id))
        .order_by(col(Body.id))
    ).all()


def open_rounds(held: Session, area: Area) -> list[OpenRound]:
    rows = held.exec(
        select(Round, Body)
        .join(Body, col(Body.id) == Round.body_id)
        .where(Round.area_id == area.id, Round.state == "open")
        .order_by(col(Round.opened_at))
    ).all()
    return [OpenRound(body, round_.closes_at, turnout(held, round_)) for round_, body in rows]
