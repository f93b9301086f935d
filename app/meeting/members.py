"""A meeting for whoever is signed in: where it is, its agenda with text and documents."""

from flask import render_template
from flask_login import current_user
from sqlmodel import col, select

from app import agenda, attendance, db
from app.body import bodies_of
from app.coming_meeting import OVER
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
    now = db.clock(held)
    found = held.exec(
        select(Meeting)
        .where(Meeting.area_id == current_user.area_id)
        .order_by(col(Meeting.starts_at).desc())
        .limit(MOST)
    ).all()
    is_coming = [
        each for each in found if not attendance.is_over(each, now) and each.state not in OVER
    ]
    return render_template(
        "meeting/index.html",
        body_names={body.id: body.name for body in bodies_of(held, current_user.area_id)},
        coming=sorted(is_coming, key=lambda each: each.starts_at),
        past=[each for each in found if each not in is_coming],
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
