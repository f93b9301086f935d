"""Meetings at the desk: making one, who is there, and drafting its rounds."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import attendance, db, electoral_roll, subject
from app.body import day_of, places_on, term_on, voting_bodies
from app.desk.forms import MeetingForm, PrepareForm
from app.desk.routes import blueprint, load
from app.errors import Refused
from app.models import Body, Meeting, Proposal, Round
from app.policy import Action, requires
from app.round import preparing
from app.round.progress import progress


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def create_meeting() -> str | Response | tuple[str, int]:
    form = MeetingForm()
    form.body.offer(voting_bodies(db.session(), current_user.area_id))
    if not form.is_submitted():
        return render_template("desk/create_meeting.html", form=form)
    if not form.validate():
        return render_template("desk/create_meeting.html", form=form), 422
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


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Action.RUN_ROUNDS)
def meeting(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    return _page(held, found, _prepare_form(held, found))


@blueprint.post("/meetings/<int:meeting_id>/attendance")
@requires(Action.RUN_ROUNDS)
def note_attendance(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    now = db.clock(held)
    attendance.require_running(found, now)
    attendance.note(held, found, request.form.getlist("present", type=int), now)
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="attendance"), 303)


@blueprint.post("/meetings/<int:meeting_id>/rounds")
@requires(Action.RUN_ROUNDS)
def prepare(meeting_id: int) -> Response | tuple[str, int]:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    form = _prepare_form(held, found)
    if not form.validate():
        return _page(held, found, form), 422
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    attendance.require_running(found, db.clock(held))
    chosen = [load(held, Proposal, each, lock=True) for each in form.proposals.data or ()]
    if any(each.state != "admitted" or each.body_id != found.body_id for each in chosen):
        raise Refused("already_done")
    made = preparing.prepare(
        held,
        body=held.get_one(Body, found.body_id),
        meeting=found,
        proposals=chosen,
        now=db.clock(held),
    )
    return redirect(url_for(".round_", round_id=made.id), 303)


def _page(held: Session, found: Meeting, form: PrepareForm) -> str:
    body = held.get_one(Body, found.body_id)
    day = day_of(found.starts_at)
    places = places_on(held, body, term_on(held, body, day), day)
    rounds = held.exec(
        select(Round).where(Round.meeting_id == found.id).order_by(col(Round.created_at))
    ).all()
    return render_template(
        "desk/meeting.html",
        meeting=found,
        body=body,
        groups=[
            (segment, [place for place in places if place.seat.segment == segment])
            for segment in ("resident", "partner")
        ],
        stand_ins=attendance.stand_ins_at(held, found),
        present=attendance.present_at(held, found),
        standing=_standing(held, found, body),
        missing=electoral_roll.missing_rules(held, body.id),
        rounds=[(each, *_contents(held, each)) for each in rounds],
        is_over=attendance.is_over(found, db.clock(held)),
        form=form,
    )


def _contents(held: Session, round_: Round) -> tuple[str, list[str]]:
    questions = preparing.questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    return progress(round_, questions), [subjects[each.id].title for each in questions]


def _standing(held: Session, found: Meeting, body: Body) -> dict[str, Any] | None:
    """What who is there now is enough for; None while a rule of it is missing."""
    rules = electoral_roll.rules_in_force(held, body.id)
    if rules is None or electoral_roll.missing_rules(held, body.id):
        return None
    procedure = electoral_roll.procedure_of(rules)
    term = term_on(held, body, day_of(found.starts_at))
    facts = electoral_roll.roll_at(held, found, term, procedure).facts
    return electoral_roll.figures(facts, procedure)


def _prepare_form(held: Session, found: Meeting) -> PrepareForm:
    """The proposals that wait for the body of this meeting."""
    form = PrepareForm()
    admitted = held.exec(
        select(Proposal)
        .where(Proposal.body_id == found.body_id, Proposal.state == "admitted")
        .order_by(col(Proposal.year), col(Proposal.n))
    )
    form.proposals.choices = [
        SelectChoice(each.id, f"{each.number}: {each.title}") for each in admitted
    ]
    return form
