"""Who is there is noted at the desk, and what was noted can be corrected."""

from flask import Response as Answer
from flask import redirect, render_template, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import attendance, db
from app.errors import Refused
from app.meeting import present
from app.meeting.routes import DESK, blueprint
from app.meeting.stay_form import StayForm
from app.models import Attendance, Body, Meeting, Member
from app.own_row import load
from app.policy import Action, requires

STAY = "/desk/meetings/stays/<int:stay_id>"


@blueprint.get(f"{DESK}/attendance")
@requires(Action.RUN_ROUNDS)
def presence(meeting_id: int) -> Answer:
    """The part of the page that follows who comes and goes on other devices."""
    held = db.session()
    found = load(held, Meeting, meeting_id)
    body = held.get_one(Body, found.body_id)
    html = render_template(
        "meeting/presence.html",
        meeting=found,
        is_over=attendance.is_over(found, db.clock(held)),
        **present.shown(held, found, body),
    )
    answer = Answer(html, mimetype="text/html")
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@blueprint.post(f"{DESK}/attendance")
@requires(Action.RUN_ROUNDS)
def note_attendance(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    now = db.clock(held)
    attendance.require_live(found, now)
    come = request.form.getlist("present", type=int)
    gone = request.form.getlist("left", type=int)
    attendance.note(held, found, now, come, gone)
    anchor = f"there-{(come + gone)[0]}" if come or gone else "attendance"
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor=anchor), 303)


@blueprint.route(STAY, methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def correct_stay(stay_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    stay, meeting = _load(held, stay_id)
    form = StayForm(**StayForm.filled(stay))
    if not form.is_submitted():
        return _page(held, stay, meeting, form)
    if not form.validate_for(stay, meeting, db.clock(held)):
        return _page(held, stay, meeting, form), 422
    held = db.begin_write()
    stay, meeting = _load(held, stay_id, lock=True)
    now = db.clock(held)
    attendance.require_enterable(held, meeting, now)
    arrived_at, left_at = form.arrived_at(stay, meeting), form.left_at(stay, meeting)
    if stay.left_at is not None and left_at is None:
        raise Refused("already_done")
    entered_at = None if attendance.is_live(meeting, now) else now
    attendance.correct(held, stay, arrived_at, left_at, entered_at)
    return redirect(url_for(".meeting", meeting_id=meeting.id, _anchor="attendance"), 303)


def _load(held: Session, stay_id: int, *, lock: bool = False) -> tuple[Attendance, Meeting]:
    stay = load(held, Attendance, stay_id)
    meeting = load(held, Meeting, stay.meeting_id, lock=lock)
    if lock:
        held.refresh(stay)
    return stay, meeting


def _page(held: Session, stay: Attendance, meeting: Meeting, form: StayForm) -> str:
    return render_template(
        "meeting/stay.html",
        stay=stay,
        meeting=meeting,
        member=held.get_one(Member, stay.member_id),
        form=form,
    )
