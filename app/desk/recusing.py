"""Who is recused, at the desk: entered with a reason, one person at a time, before opening."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import db, electoral_roll, recusal, subject
from app.desk.forms import RecusalForm
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Member, Question, Round
from app.own_row import load
from app.policy import Action, requires


@blueprint.route("/questions/<question_id>/recusals", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def recuse(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    question = load(held, Question, question_id)
    form = _form(held, question)
    if not form.is_submitted():
        return _page(held, question, form)
    if not form.validate():
        return _page(held, question, form), 422
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    recusal.declare(
        held,
        question,
        form.member.data,
        by="officer",
        reason=form.reason.data,
        now=db.clock(held),
    )
    flash(_("Gespeichert, wer befangen ist."))
    return _back(question)


@blueprint.post("/questions/<question_id>/recusals/<int:member_id>/withdraw")
@requires(Action.RUN_ROUNDS)
def withdraw_recusal(question_id: str, member_id: int) -> Response:
    held = db.begin_write()
    question = load(held, Question, question_id)
    member = load(held, Member, member_id)
    load(held, Round, question.round_id, lock=True)
    recusal.withdraw(held, question, member.id)
    flash(_("Die Person stimmt wieder mit ab."))
    return _back(question)


def _back(question: Question) -> Response:
    address = url_for(".round_", round_id=question.round_id, _anchor=f"question-{question.id}")
    return redirect(address, 303)


def _form(held: Session, question: Question) -> RecusalForm:
    form = RecusalForm()
    owner = held.get_one(Round, question.round_id)
    recused = {member.id for _recusal, member in recusal.of_question(held, question)}
    form.member.choices = [
        SelectChoice(member.id, member.name)
        for member in electoral_roll.people(held, owner)
        if member.id not in recused
    ]
    return form


def _page(held: Session, question: Question, form: RecusalForm) -> str:
    owner = held.get_one(Round, question.round_id)
    if not recusal.is_possible(owner):
        raise Refused("recusal_closed")
    return render_template(
        "desk/recuse.html",
        question=question,
        title=subject.of(held, question).title,
        form=form,
        hints={
            member.id: _("arbeitet auch für: %(name)s", name=name)
            for member, name in recusal.suggested(held, owner)
        },
    )
