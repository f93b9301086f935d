"""A meeting begins, ends or is cancelled at the desk; what is final says so first."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import agenda, attendance, db, subject
from app.errors import Refused
from app.meeting import course, telling
from app.meeting.forms import ReasonForm
from app.meeting.routes import DESK, blueprint
from app.models import Meeting, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import preparing, releasing


@blueprint.post(f"{DESK}/begin")
@requires(Action.RUN_ROUNDS)
def begin(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    course.begin(found, db.clock(held))
    flash(_("Die Sitzung hat begonnen."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)


@blueprint.get(f"{DESK}/close")
@requires(Action.RUN_ROUNDS)
def close(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    now = db.clock(held)
    if not course.may_close(found, now):
        raise Refused("already_done")
    items = agenda.items_of(held, found)
    return render_template(
        "meeting/close.html",
        meeting=found,
        is_live=attendance.is_live(found, now),
        ends=attendance.end_of(held, found, now),
        present=len(attendance.present_at(held, found)),
        items=len(items),
        untouched=[each for each in items if not each.began_at],
        rounds=course.rounds_by_state(held, found),
        uncounted=_uncounted(held, found),
    )


def _uncounted(held: Session, meeting: Meeting) -> list[tuple[Round, str, list[str]]]:
    """The rounds that wait for evening keys, with their titles and whose keys are missing."""
    found = []
    for each in releasing.unopened_at(held, meeting):
        subjects = subject.of_all(held, preparing.questions_of(held, each))
        titles = " · ".join(about.title for about in subjects.values())
        found.append((each, titles, releasing.missing(releasing.holders(held, each))))
    return found


@blueprint.post(f"{DESK}/close")
@requires(Action.RUN_ROUNDS)
def close_now(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    course.close(held, found, db.clock(held))
    flash(_("Die Sitzung ist geschlossen."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)


@blueprint.route(f"{DESK}/cancel", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def cancel(meeting_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    if found.state not in course.BEFORE:
        raise Refused("already_done")
    form, told = ReasonForm(), telling.told(held, found)
    if not form.is_submitted():
        return render_template("meeting/cancel.html", meeting=found, form=form, told=told)
    if not form.validate():
        return render_template("meeting/cancel.html", meeting=found, form=form, told=told), 422
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    now = db.clock(held)
    course.cancel(held, found, form.reason.data, now)
    telling.tell(held, found, now)
    flash(_("Die Sitzung ist abgesagt."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), 303)
