"""The invitation goes out from the desk: by mail, and by letters that the office prints."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import attendance, db
from app.meeting import telling
from app.meeting.routes import DESK, blueprint
from app.models import Area, Meeting
from app.own_row import load
from app.policy import Action, requires


@blueprint.get(f"{DESK}/invite")
@requires(Action.RUN_ROUNDS)
def invite(meeting_id: int) -> str:
    """How many will hear of what, and how."""
    held = db.session()
    found = load(held, Meeting, meeting_id)
    now = db.clock(held)
    attendance.require_running(found, now)
    telling.require_ready(found)
    return render_template(
        "meeting/invite.html",
        meeting=found,
        plan=telling.plan(held, found),
        deadline=telling.deadline(held, found, now),
    )


@blueprint.post(f"{DESK}/invite")
@requires(Action.RUN_ROUNDS)
def invite_now(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    now = db.clock(held)
    attendance.require_running(found, now)
    told = telling.invite(held, found, now)
    flash(
        _(
            "Eingeladen: %(mails)d per E-Mail, %(letters)d per Brief.",
            mails=told["mail"],
            letters=told["letter"],
        )
    )
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="invitation"), 303)


@blueprint.get(f"{DESK}/letters")
@requires(Action.RUN_ROUNDS)
def letters(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    return render_template(
        "meeting/letters.html",
        meeting=found,
        area=held.get_one(Area, found.area_id),
        letters=telling.letters(held, found, db.clock(held)),
    )
