"""Who is there is noted at the desk."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app import attendance, db
from app.meeting.routes import DESK, blueprint
from app.models import Meeting
from app.own_row import load
from app.policy import Action, requires


@blueprint.post(f"{DESK}/attendance")
@requires(Action.RUN_ROUNDS)
def note_attendance(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    now = db.clock(held)
    attendance.require_running(found, now)
    attendance.note(held, found, request.form.getlist("present", type=int), now)
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="attendance"), 303)
