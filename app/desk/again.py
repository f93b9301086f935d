"""A round after one that decided nothing: a repeat, what the rules let follow, a practice round."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import attendance, coming_meeting, db
from app.body import day_of
from app.desk.forms import ReasonForm
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Body, Meeting, Question, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import practising, repeating

STEPS = ("circular", "open_vote", "postpone")


@blueprint.route("/rounds/<round_id>/repeat", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def repeat(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    form = ReasonForm()
    if not form.is_submitted():
        return render_template("desk/repeat.html", round=found, form=form)
    if not form.validate():
        return render_template("desk/repeat.html", round=found, form=form), 422
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    meeting = _meeting_for_repeat(held, found)
    if found.meeting_id and meeting is None:
        return _make_meeting_first()
    made = repeating.repeat(held, found, meeting, form.reason.data, db.clock(held))
    return redirect(url_for(".round_", round_id=made.id), 303)


@blueprint.post("/rounds/<round_id>/follow")
@requires(Action.RUN_ROUNDS)
def follow(round_id: str) -> Response:
    """Do what the rules let follow for questions that could not be voted on."""
    step = request.form.get("step")
    if step not in STEPS:
        raise Refused("bad_request")
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    meeting = None if step == "circular" else _meeting_for(held, found, step)
    if step != "circular" and meeting is None:
        return _make_meeting_first()
    made = repeating.follow(held, found, step, meeting, db.clock(held))
    return redirect(url_for(".round_", round_id=made.id), 303)


@blueprint.post("/questions/<question_id>/second-ballot")
@requires(Action.RUN_ROUNDS)
def second_ballot(question_id: str) -> Response:
    """Ask again among the options that are left, here and now or in the next meeting."""
    held = db.begin_write()
    question = load(held, Question, question_id)
    found = load(held, Round, question.round_id, lock=True)
    meeting = _meeting_for_repeat(held, found)
    if found.meeting_id and meeting is None:
        return _make_meeting_first()
    made = repeating.second_ballot(held, found, question, meeting, db.clock(held))
    flash(_("Der zweite Wahlgang ist vorbereitet."))
    return redirect(url_for(".round_", round_id=made.id), 303)


@blueprint.post("/bodies/<int:body_id>/practice")
@requires(Action.RUN_ROUNDS)
def hold_practice(body_id: int) -> Response:
    """Open a practice round, in today's meeting if there is one."""
    held = db.begin_write()
    body = load(held, Body, body_id, lock=True)
    now = db.clock(held)
    meeting = coming_meeting.next_of(held, body.id, now)
    if meeting and day_of(meeting.starts_at) != day_of(now):
        meeting = None
    made = practising.practise(held, body, meeting, now)
    flash(_("Die Proberunde läuft. Sie zählt nicht."))
    return redirect(url_for(".round_", round_id=made.id), 303)


def steps_offered(held: Session, found: Round, items: Iterable[Any]) -> dict[str, int]:
    """How many questions each lawful next step would take; `items` are those of the desk."""
    if found.state != "announced":
        return {step: len(asked) for step, asked in repeating.steps(held, found).items()}
    listed = [each for each in items if each.question.state == "listed"]
    if not all(each.stopped for each in listed):
        return {}
    steps = (
        repeating.step_after(held, found, each.question, each.stopped, each.figures)
        for each in listed
    )
    return Counter(step for step in steps if step)


def _meeting_for_repeat(held: Session, found: Round) -> Meeting | None:
    """The same meeting while it goes on, otherwise the next one."""
    if found.meeting_id is None:
        return None
    meeting, now = held.get_one(Meeting, found.meeting_id), db.clock(held)
    if attendance.is_over(meeting, now) or meeting.state in coming_meeting.OVER:
        return coming_meeting.next_of(held, found.body_id, now)
    return meeting


def _meeting_for(held: Session, found: Round, step: str) -> Meeting | None:
    """An open vote is held here and now, what is postponed comes up in the meeting after this."""
    if step == "open_vote" or found.meeting_id is None:
        return _meeting_for_repeat(held, found) or coming_meeting.next_of(
            held, found.body_id, db.clock(held)
        )
    meeting = held.get_one(Meeting, found.meeting_id)
    return held.exec(
        select(Meeting)
        .where(Meeting.body_id == meeting.body_id, Meeting.starts_at > meeting.starts_at)
        .where(col(Meeting.state).not_in(coming_meeting.OVER))
        .order_by(col(Meeting.starts_at))
    ).first()


def _make_meeting_first() -> Response:
    flash(_("Legen Sie zuerst die Sitzung an, in der das Gremium abstimmt."))
    return redirect(url_for("meeting.create"), 303)
