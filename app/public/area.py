"""What a resident may know about areas: who decides there, what is on, what was decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from unicodedata import normalize

from sqlmodel import Session, col, func, or_, select

from app.body import SEGMENTS, bodies_of
from app.models import (
    Area,
    Body,
    Coordination,
    Coordinator,
    Decision,
    Round,
    Seat,
)
from app.round.turnout import Turnout, turnout

LATEST = 5
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


class OpenRound(NamedTuple):
    """A round that is open now: bare numbers, nothing that depends on a choice."""

    body: Body
    is_poll: bool
    closes_at: datetime | None
    turnout: Turnout


def by_bezirk(held: Session, wanted: str = "") -> list[tuple[str, list[Area]]]:
    """All areas, or those whose name or Bezirk has the wanted words, grouped by their Bezirk."""
    areas = held.exec(select(Area).order_by(Area.bezirk, Area.name))
    found = (area for area in areas if _plain(wanted) in _plain(f"{area.name} {area.bezirk}"))
    return [(bezirk, list(some)) for bezirk, some in groupby(found, key=lambda area: area.bezirk)]


def _plain(text: str) -> str:
    """Letters alone, so that "koepenick", "Köpenick" and "kopenick" find the same."""
    folded = text.casefold()
    for umlaut, letters in UMLAUTS.items():
        folded = folded.replace(letters, umlaut)
    return "".join(each for each in normalize("NFKD", folded) if each.isalnum())


def find(held: Session, slug: str) -> Area | None:
    return held.exec(select(Area).where(Area.slug == slug)).first()


def decisions(
    held: Session,
    area: Area | None = None,
    limit: int | None = None,
    body: Body | None = None,
) -> Sequence[Any]:
    """Published decisions, newest first."""
    query = select(Decision).order_by(col(Decision.year).desc(), col(Decision.n).desc())
    if area is not None:
        query = query.where(Decision.area_id == area.id)
    if body is not None:
        query = query.where(Decision.body_id == body.id)
    return held.exec(query.limit(limit)).all()


def bodies(held: Session, area: Area, day: date) -> list[tuple[Body, dict[str, int]]]:
    """Each body with its number of seats by group, in the order of its kind."""
    rows = held.exec(
        select(Seat.body_id, Seat.segment, func.count(col(Seat.id)))
        .where(Seat.area_id == area.id)
        .where(or_(col(Seat.ended_on).is_(None), col(Seat.ended_on) >= day))
        .group_by(col(Seat.body_id), col(Seat.segment))
    )
    counted = {(body_id, segment): count for body_id, segment, count in rows}
    return [(body, _seats(body, counted)) for body in bodies_of(held, area.id)]


def _seats(body: Body, counted: Mapping[tuple[int, str], int]) -> dict[str, int]:
    segments = SEGMENTS[body.kind]
    return {each: counted[body.id, each] for each in segments if (body.id, each) in counted}


def coordinating_sides(held: Session, area: Area, day: date) -> Sequence[str]:
    """Which sides have somebody for this area; their names are not public."""
    return held.exec(
        select(Coordinator.side)
        .join(Coordination, col(Coordination.coordinator_id) == Coordinator.id)
        .where(Coordination.area_id == area.id, Coordination.starts_on <= day)
        .where(or_(col(Coordination.ends_on).is_(None), col(Coordination.ends_on) >= day))
        .distinct()
        .order_by(col(Coordinator.side))
    ).all()


def open_rounds(held: Session, area: Area) -> list[OpenRound]:
    rows = held.exec(
        select(Round, Body)
        .join(Body, col(Body.id) == Round.body_id)
        .where(Round.area_id == area.id, Round.state == "open")
        .where(col(Round.is_practice).is_(False))
        .order_by(col(Round.opened_at))
    ).all()
    return [
        OpenRound(body, round_.is_poll, round_.closes_at, turnout(held, round_))
        for round_, body in rows
    ]
