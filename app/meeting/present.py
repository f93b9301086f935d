"""What the page of a meeting shows of who is there."""

from typing import Any

from sqlmodel import Session

from app import attendance, electoral_roll
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
        "standing": _standing(held, meeting, body),
    }


def _standing(held: Session, meeting: Meeting, body: Body) -> dict[str, Any] | None:
    """What who is there now is enough for; None while a rule of it is missing."""
    rules = electoral_roll.rules_in_force(held, body.id)
    if rules is None or electoral_roll.missing_rules(held, body.id):
        return None
    procedure = electoral_roll.procedure_of(rules)
    term = term_on(held, body, day_of(meeting.starts_at))
    facts = electoral_roll.roll_at(held, meeting, term, procedure).facts
    return electoral_roll.figures(facts, procedure)
