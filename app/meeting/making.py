"""A meeting is entered and changed: which body meets, when, where, and who may listen."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import attendance, db, rules_of_procedure
from app.body import voting_bodies
from app.meeting import changing
from app.meeting.forms import BY_RULE, DetailsForm, MeetingForm, filled
from app.meeting.routes import DESK, blueprint
from app.models import Meeting
from app.own_row import load
from app.policy import Action, requires

# What holds while the rules say nothing: nobody listens who was not expected.
WITHOUT_RULE = "closed"


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
    said = dict(form.said())
    if said["visibility"] == BY_RULE:
        said["visibility"] = visibility_by_rule(held, form.body.data)
    made = Meeting(area_id=current_user.area_id, body_id=form.body.data, **said)
    held.add(made)
    held.flush()
    flash(_("Die Sitzung ist eingetragen."))
    return redirect(url_for(".meeting", meeting_id=made.id), 303)


@blueprint.route(f"{DESK}/edit", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def edit(meeting_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    attendance.require_running(found, db.clock(held))
    form = DetailsForm(data=filled(found))
    if not form.is_submitted():
        return render_template("meeting/edit.html", meeting=found, form=form)
    if not form.validate():
        return render_template("meeting/edit.html", meeting=found, form=form), 422
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    attendance.require_running(found, db.clock(held))
    changing.write(found, form.said())
    flash(_("Die Angaben sind gespeichert."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)


def visibility_by_rule(held: Session, body_id: int) -> str:
    """Who may listen by the rules in force; nobody else while they say nothing."""
    rules = rules_of_procedure.in_force(held, body_id)
    return str((rules.parameters if rules else {}).get("meeting.public", WITHOUT_RULE))
