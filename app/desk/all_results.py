"""All results of a round on one page: one asks for a second person, who confirms them together."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, second_person, subject
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Confirmation, Meeting, Officer, Question, Round
from app.own_row import load
from app.policy import Action, may, requires
from app.round import confirming
from app.subject import Subject


@dataclass(frozen=True)
class Line:
    """One result; `request` waits for a second person, who may be the reader."""

    question: Question
    subject: Subject
    request: Confirmation | None
    may_confirm: bool


@blueprint.get("/rounds/<round_id>/results")
@requires(Action.CONFIRM)
def all_results(round_id: str) -> str:
    held = db.session()
    found = load(held, Round, round_id)
    return render_template(
        "desk/all_results.html",
        round=found,
        meeting=held.get_one(Meeting, found.meeting_id) if found.meeting_id else None,
        lines=_lines(held, found),
    )


@blueprint.post("/rounds/<round_id>/results/ask")
@requires(Action.RUN_ROUNDS)
def ask_to_confirm_all(round_id: str) -> Response:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    confirming.request_all(held, found, current_user.person, db.clock(held))
    return redirect(url_for(".all_results", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/results")
@requires(Action.CONFIRM)
def confirm_all(round_id: str) -> Response:
    """Confirm what the page showed, each result with an entry of its own, or nothing."""
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    shown = request.form.getlist("request")
    agreed = [
        line.request
        for line in _lines(held, found)
        if line.request and str(line.request.id) in shown
    ]
    if not shown or len(agreed) != len(shown):
        raise Refused("already_done")
    for each in agreed:
        confirming.confirm(held, each, current_user.person, db.clock(held))
    flash(
        ngettext(
            "%(num)d Ergebnis ist bestätigt. Danke, dass Sie mit hingesehen haben.",
            "%(num)d Ergebnisse sind bestätigt. Danke, dass Sie mit hingesehen haben.",
            len(agreed),
        )
    )
    if not may(Action.RUN_ROUNDS):
        return redirect(url_for("account.second_person"), 303)
    return redirect(url_for(".round_", round_id=round_id), 303)


def _lines(held: Session, found: Round) -> list[Line]:
    """The unconfirmed results in their order; a member sees what they were asked about."""
    now = db.clock(held)
    requests = {
        each.question_id: each
        for each in second_person.waiting(held, found.area_id, now)
        if each.act == "confirm_result"
    }
    questions = confirming.confirmable(held, found)
    subjects = subject.of_all(held, questions)
    person = current_user.person
    lines = []
    for each in questions:
        asked = requests.get(each.id)
        may_confirm = asked is not None and second_person.may_confirm(held, asked, person, now)
        if may_confirm or isinstance(person, Officer):
            lines.append(Line(each, subjects[each.id], asked, may_confirm))
    return lines
