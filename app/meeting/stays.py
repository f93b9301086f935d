"""Attendance is entered afterwards, from the list on paper, until the minutes are approved."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import attendance, db
from app.errors import Refused
from app.meeting.routes import DESK, blueprint
from app.meeting.stays_form import StaysForm, form_of
from app.models import Meeting
from app.own_row import load
from app.policy import Action, requires


@blueprint.route(f"{DESK}/stays", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def enter_stays(meeting_id: int) -> str | Response | tuple[str, int]:
    if request.method != "POST":
        held = db.session()
        return _page(_form(held, load(held, Meeting, meeting_id)))
    held = db.begin_write()
    form, now = _form(held, load(held, Meeting, meeting_id, lock=True)), db.clock(held)
    if not (form.validate_for(now) and _is_whole(form)):
        return _page(form), 422
    _save(held, form)
    flash(_("Die Anwesenheit ist gespeichert."))
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="attendance"), 303)


def _form(held: Session, meeting: Meeting) -> StaysForm:
    now = db.clock(held)
    if not attendance.may_enter(held, meeting, now):
        raise Refused("meeting_over")
    people, stays = attendance.people_at(held, meeting), attendance.stays_at(held, meeting)
    return form_of(meeting, people, stays, is_live=attendance.is_live(meeting, now))


def _is_whole(form: StaysForm) -> bool:
    """Whether nobody else entered meanwhile what was typed here."""
    typed = {name for name, value in request.form.items() if value and name.startswith("arrived_")}
    if all(name in form for name in typed):
        return True
    form.form_errors.append(_("Jemand anderes hat hier gerade auch etwas eingetragen."))
    return False


def _save(held: Session, form: StaysForm) -> None:
    now = db.clock(held)
    for row, arrived_at, left_at in form.spans:
        if row.stay:
            attendance.correct(held, row.stay, arrived_at, left_at, now)
        else:
            member_id = row.person.member.id
            attendance.enter(held, form.meeting, member_id, arrived_at, left_at, now)


def _page(form: StaysForm) -> str:
    return render_template("meeting/stays.html", meeting=form.meeting, form=form)
