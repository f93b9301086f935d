"""A meeting for whoever is signed in: where it is, its agenda with text and documents."""

from flask import render_template
from flask_login import current_user

from app import agenda, coming_meeting, db
from app.body import bodies_of
from app.meeting.routes import blueprint
from app.models import Body, Meeting
from app.own_row import load
from app.policy import Action, requires
from app.rich_text import render

MOST = 12


@blueprint.get("/meetings/")
@requires(Action.READ_PROPOSALS)
def index() -> str:
    held = db.session()
    area_id = current_user.area_id
    coming, past = coming_meeting.of_area(held, area_id, db.clock(held), MOST)
    return render_template(
        "meeting/index.html",
        body_names={body.id: body.name for body in bodies_of(held, area_id)},
        coming=coming,
        past=past,
    )


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Action.READ_PROPOSALS)
def shown(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    return render_template(
        "meeting/shown.html",
        meeting=found,
        body=held.get_one(Body, found.body_id),
        lines=agenda.lines_of(held, found) if found.agenda_set_at else [],
        render=render,
    )
