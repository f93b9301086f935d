"""Which meetings are still to come."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app import attendance
from app.body import day_of
from app.models import Meeting

OVER = ("closed", "cancelled")


def next_of(held: Session, body_id: int, now: datetime) -> Meeting | None:
    """The body's meeting of today, or the next one."""
    coming = held.exec(
        select(Meeting)
        .where(Meeting.body_id == body_id, col(Meeting.state).not_in(OVER))
        .order_by(col(Meeting.starts_at))
    )
    return next((each for each in coming if day_of(each.starts_at) >= day_of(now)), None)


def of_area(
    held: Session, area_id: int, now: datetime, most: int
) -> tuple[list[Meeting], list[Meeting]]:
    """The area's latest meetings: those to come in their order, then the past, the latest first."""
    found = held.exec(
        select(Meeting)
        .where(Meeting.area_id == area_id)
        .order_by(col(Meeting.starts_at).desc())
        .limit(most)
    ).all()
    coming = [each for each in found if not (each.state in OVER or attendance.is_over(each, now))]
    return coming[::-1], [each for each in found if each not in coming]


def last_before(held: Session, meeting: Meeting) -> Meeting | None:
    """The meeting of the same body before this one."""
    return held.exec(
        select(Meeting)
        .where(Meeting.body_id == meeting.body_id, Meeting.state != "cancelled")
        .where(Meeting.starts_at < meeting.starts_at)
        .order_by(col(Meeting.starts_at).desc())
        .limit(1)
    ).first()


def earlier(held: Session, meeting: Meeting) -> Sequence[Meeting]:
    """The meetings of the same body before this one, the latest first."""
    return held.exec(
        select(Meeting)
        .where(Meeting.body_id == meeting.body_id, Meeting.state != "cancelled")
        .where(Meeting.starts_at < meeting.starts_at)
        .order_by(col(Meeting.starts_at).desc())
    ).all()
