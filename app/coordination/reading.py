"""A body and a meeting as coordinators read them: names, and no address of anybody."""

from flask import render_template
from sqlmodel import col, select

from app import db
from app.body import SEGMENTS, day_in, day_of, places_on, term_to_fill
from app.coordination.routes import blueprint
from app.models import AgendaItem, Body, Meeting
from app.own_row import load
from app.policy import Action, requires


@blueprint.get("/bodies/<int:body_id>")
@requires(Action.COORDINATE)
def body(body_id: int) -> str:
    held = db.session()
    found = load(held, Body, body_id)
    today = day_of(db.clock(held))
    term = term_to_fill(held, found, today)
    places = places_on(held, found, term, day_in(term, today) if term else today)
    groups = [
        (each, [place for place in places if place.seat.segment == each])
        for each in SEGMENTS[found.kind]
    ]
    return render_template("coordination/body.html", body=found, term=term, groups=groups)


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Action.COORDINATE)
def meeting(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    items = held.exec(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == found.id)
        .order_by(col(AgendaItem.position))
    )
    return render_template(
        "coordination/meeting.html",
        meeting=found,
        body=held.get_one(Body, found.body_id),
        items=items.all(),
    )
