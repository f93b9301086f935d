"""A meeting is entered: which body meets, when and where."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import db
from app.body import voting_bodies
from app.meeting.forms import MeetingForm
from app.meeting.routes import blueprint
from app.models import Meeting
from app.policy import Action, requires


@blueprint.route("/desk/meetings/new", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def create() -> str | Response | tuple[str, int]:
    form = MeetingForm()
    form.body.offer(voting_bodies(db.session(), current_user.area_id))
    if not form.is_submitted():
        return render_template("meeting/create.html", form=form)
    if not form.validate():
        return render_template("meeting/create.html", form=form), 422
    held = db.begin_write()
    made = Meeting(
        area_id=current_user.area_id,
        body_id=form.body.data,
        starts_at=form.starts_at,
        place=form.place.data,
    )
    held.add(made)
    held.flush()
    flash(_("Die Sitzung ist eingetragen."))
    return redirect(url_for(".meeting", meeting_id=made.id), 303)
