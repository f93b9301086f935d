"""What the page of a meeting shows of who is there."""

from typing import Any

from sqlmodel import Session

from app import attendance
from app.body import day_of, places_on, term_on
from app.models import Body, Meeting


def shown(held: Session, meeting: Meeting, body: Body) -> dict[str, Any]:
    """Seats by group, who may stand in, who is there and what that is enough for."""
    day = day_of(meeting.starts_at)
    places = places_on(held, body, term_on(held, body, day), day)
    return {
        "groups": [
            (segment, [place for place in places if place.seat.segment == segment])
            for segment in ("resident", "partner")
        ],
        "stand_ins": attendance.stand_ins_at(held, meeting),
        "present": attendance.present_at(held, meeting),
        "standing": attendance.standing(held, meeting),
    }
