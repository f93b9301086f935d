"""Which areas a coordinator of Bezirk or Senate keeps together, and who does so for an area."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select

from app.models import Area, Coordination, Coordinator, Officer


def current(held: Session, area_id: int, day: date) -> Sequence[tuple[Coordination, Coordinator]]:
    """Who coordinates the area on this day: the Bezirk first."""
    return held.exec(
        select(Coordination, Coordinator)
        .join(Coordinator, col(Coordinator.id) == Coordination.coordinator_id)
        .where(Coordination.area_id == area_id, _is_on(day))
        .order_by(col(Coordinator.side), col(Coordinator.name))
    ).all()


def areas_of(held: Session, coordinator_id: int | None, day: date) -> Sequence[Area]:
    """The areas that somebody coordinates on this day, by name."""
    return held.exec(
        select(Area)
        .join(Coordination, col(Coordination.area_id) == Area.id)
        .where(Coordination.coordinator_id == coordinator_id, _is_on(day))
        .order_by(col(Area.name))
    ).all()


def access_of(held: Session, person: Coordinator) -> Officer | None:
    """The access of a coordinator, one for all areas."""
    return held.exec(select(Officer).where(Officer.coordinator_id == person.id)).first()


def _is_on(day: date) -> ColumnElement[bool]:
    return and_(
        col(Coordination.starts_on) <= day,
        or_(col(Coordination.ends_on).is_(None), col(Coordination.ends_on) >= day),
    )
