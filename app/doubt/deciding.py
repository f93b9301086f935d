"""A published decision at the desk: its objections, its end, another summary."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from app import db, objection, second_person, subject
from app.doubt.forms import AnnulForm, CorrectionForm
from app.doubt.routes import blueprint
from app.models import Confirmation, Correction, Decision, Question, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import annulling, correcting


@blueprint.get("/desk/decisions/<int:decision_id>")
@requires(Action.RUN_ROUNDS)
def decision(decision_id: int) -> ResponseReturnValue:
    held = db.session()
    found = load(held, Decision, decision_id)
    now = db.clock(held)
    asked = select(Confirmation).where(
        Confirmation.question_id == found.question_id,
        col(Confirmation.act).in_(("annul_decision", "correct_summary")),
    )
    waiting = second_person.waiting(held, found.area_id, now)
    return render_template(
        "doubt/decision.html",
        decision=found,
        round=_round(held, found),
        objections=objection.of(held, found),
        last_day=objection.last_day(found.page),
        waiting=[each for each in held.exec(asked) if each in waiting],
    )


@blueprint.route("/desk/decisions/<int:decision_id>/annul", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def annul(decision_id: int) -> ResponseReturnValue:
    held = db.session()
    form = AnnulForm()
    found = load(held, Decision, decision_id)
    form.offer(_votes(held, found))
    if not form.is_submitted():
        return _annul_page(held, found, form)
    if not form.validate():
        return _annul_page(held, found, form), 422
    held = db.begin_write()
    found = load(held, Decision, decision_id, lock=True)
    annulling.request(
        held,
        found,
        reason=form.reason.data,
        vote_id=form.vote.data or None,
        officer=current_user.person,
        now=db.clock(held),
    )
    return _waits(decision_id)


@blueprint.route("/desk/decisions/<int:decision_id>/correct", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def correct(decision_id: int) -> ResponseReturnValue:
    held = db.session()
    found = load(held, Decision, decision_id)
    form = CorrectionForm(german=found.summary.get("de", ""), english=found.summary.get("en", ""))
    if not form.is_submitted():
        return render_template("doubt/correct.html", decision=found, form=form)
    if not form.validate():
        return render_template("doubt/correct.html", decision=found, form=form), 422
    held = db.begin_write()
    correcting.request(
        held,
        load(held, Decision, decision_id, lock=True),
        after=form.summary,
        reason=form.reason.data,
        officer=current_user.person,
        now=db.clock(held),
    )
    return _waits(decision_id)


@blueprint.get("/corrections/<int:confirmation_id>")
@requires(Action.CONFIRM)
def correction(confirmation_id: int) -> ResponseReturnValue:
    """What the second person reads before agreeing."""
    held = db.session()
    asked = load(held, Confirmation, confirmation_id)
    found = held.get(Correction, asked.id)
    waiting = second_person.waiting_for(held, current_user.person, db.clock(held))
    if found is None or asked not in waiting:
        raise NotFound()
    return render_template(
        "doubt/correction.html",
        confirmation=asked,
        correction=found,
        may_confirm=second_person.may_confirm(held, asked, current_user.person, db.clock(held)),
        decision=held.get_one(Decision, found.decision_id),
    )


def _waits(decision_id: int) -> ResponseReturnValue:
    flash(_("Jetzt fehlt die zweite Person."))
    return redirect(url_for(".decision", decision_id=decision_id), 303)


def _round(held: Session, found: Decision) -> Round:
    return held.get_one(Round, held.get_one(Question, found.question_id).round_id)


def _votes(held: Session, found: Decision) -> list[tuple[Question, str]]:
    """The votes of the body to choose from; none where two officers are enough."""
    if not annulling.needs_vote(held, found):
        return []
    questions = annulling.votes(held, found)
    subjects = subject.of_all(held, questions)
    return [(each, subjects[each.id].title) for each in questions]


def _annul_page(held: Session, found: Decision, form: AnnulForm) -> str:
    return render_template(
        "doubt/annul.html",
        decision=found,
        needs_vote=annulling.needs_vote(held, found),
        form=form,
    )
