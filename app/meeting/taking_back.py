"""What was begun or ticked by mistake at the desk is taken back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import attendance, db
from app.errors import Refused
from app.meeting import undoing
from app.meeting.agenda_page import load_running
from app.meeting.attending import STAY
from app.meeting.routes import DESK, ITEM, blueprint
from app.models import AgendaItem, Attendance, Meeting, Member
from app.own_row import load
from app.policy import Action, requires


@blueprint.post(f"{DESK}/take-back")
@requires(Action.RUN_ROUNDS)
def take_back(meeting_id: int) -> Response:
    held = db.begin_write()
    undoing.take_back(held, load_running(held, meeting_id))
    flash(_("Die Sitzung hat noch nicht begonnen."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)


@blueprint.post(f"{ITEM}/take-back")
@requires(Action.TAKE_NOTES)
def take_back_item(item_id: int) -> Response:
    held = db.begin_write()
    item = load(held, AgendaItem, item_id)
    meeting = load_running(held, item.meeting_id)
    held.refresh(item)
    undoing.take_back_item(held, meeting, item)
    flash(_("Der Punkt war noch nicht dran."))
    return redirect(url_for(".item", item_id=item_id), 303)


@blueprint.get(f"{STAY}/take-out")
@requires(Action.RUN_ROUNDS)
def take_out(stay_id: int) -> str:
    held = db.session()
    stay = load(held, Attendance, stay_id)
    meeting = held.get_one(Meeting, stay.meeting_id)
    attendance.require_enterable(held, meeting, db.clock(held))
    if undoing.has_counted(held, stay):
        raise Refused("stay_counted")
    member = held.get_one(Member, stay.member_id)
    return render_template("meeting/take_out.html", stay=stay, meeting=meeting, member=member)


@blueprint.post(f"{STAY}/take-out")
@requires(Action.RUN_ROUNDS)
def take_out_now(stay_id: int) -> Response:
    held = db.begin_write()
    now = db.clock(held)
    meeting = load(held, Meeting, load(held, Attendance, stay_id).meeting_id, lock=True)
    attendance.require_enterable(held, meeting, now)
    stay = load(held, Attendance, stay_id, lock=True)
    undoing.take_out(held, stay, current_user.person, now)
    flash(_("Der Eintrag ist herausgenommen."))
    return redirect(url_for(".meeting", meeting_id=meeting.id, _anchor="attendance"), 303)
