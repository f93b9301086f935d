"""The room of Bezirk and Senate: an area that somebody coordinates, at a glance."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, render_template
from flask_login import current_user
from sqlmodel import Session, col, select

from app import coordinated, db
from app.body import bodies_of, day_in, day_of, places_on, term_to_fill
from app.models import Body, Coordinator, Meeting
from app.policy import Action, requires

# Meetings that were not long ago still stand on the page.
BACK = timedelta(days=60)

blueprint = Blueprint("coordination", __name__, url_prefix="/coordination")


@blueprint.get("/")
@requires(Action.COORDINATE)
def index() -> str:
    held = db.session()
    now = db.clock(held)
    bodies = bodies_of(held, current_user.area_id)
    coordinator = held.get_one(Coordinator, current_user.person.coordinator_id)
    return render_template(
        "coordination/index.html",
        side=coordinator.side,
        areas=coordinated.areas_of(held, coordinator.id, day_of(now)),
        bodies=[_filled(held, each) for each in bodies],
        meetings=_meetings(held),
        body_names={each.id: each.name for each in bodies},
    )


def _filled(held: Session, body: Body) -> tuple[Body, int, int]:
    """A body with how many of its seats somebody holds, and how many there are."""
    today = day_of(db.clock(held))
    term = term_to_fill(held, body, today)
    places = places_on(held, body, term, day_in(term, today) if term else today)
    return body, sum(1 for each in places if each.holders), len(places)


def _meetings(held: Session) -> Sequence[Meeting]:
    """Those to come and the latest ones, the next first."""
    since = db.clock(held) - BACK
    return held.exec(
        select(Meeting)
        .where(Meeting.area_id == current_user.area_id, Meeting.starts_at > since)
        .order_by(col(Meeting.starts_at).desc())
    ).all()
