"""A member says on the own phone that a question is about an own interest, or takes it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from app import db, recusal, rules_of_procedure, subject
from app.body import term_ids_of
from app.booth.forms import RecusalForm
from app.booth.round_page import require_round
from app.booth.routes import blueprint
from app.errors import Refused
from app.models import Question, Recusal, Round
from app.policy import Action, requires


@blueprint.route("/booth/<round_id>/<question_id>/recusal", methods=["GET", "POST"])
@requires(Action.VOTE)
def recuse(round_id: str, question_id: str) -> ResponseReturnValue:
    held = db.session()
    form = RecusalForm()
    if not form.is_submitted():
        return _page(held, _load(held, round_id, question_id), form)
    if not form.validate():
        return _page(held, _load(held, round_id, question_id), form), 422
    held = db.begin_write()
    question = _load(held, round_id, question_id, lock=True)
    recusal.declare(
        held,
        question,
        current_user.person.id,
        by="member",
        reason=form.reason.data or "",
        may_be_named=form.may_be_named.data,
        now=db.clock(held),
    )
    flash(_("Danke. Bei dieser Frage stimmen Sie nicht mit ab."))
    return redirect(url_for(".questions", round_id=round_id), 303)


@blueprint.post("/booth/<round_id>/<question_id>/recusal/withdraw")
@requires(Action.VOTE)
def withdraw_recusal(round_id: str, question_id: str) -> ResponseReturnValue:
    held = db.begin_write()
    question = _load(held, round_id, question_id, lock=True)
    found = held.get(Recusal, (question.id, current_user.person.id))
    if found is not None and found.declared_by == "officer":
        raise Refused("recusal_by_officer")
    recusal.withdraw(held, question, current_user.person.id)
    flash(_("Bei dieser Frage stimmen Sie wieder mit ab."))
    return redirect(url_for(".questions", round_id=round_id), 303)


def _load(held: Session, round_id: str, question_id: str, *, lock: bool = False) -> Question:
    """A question of the member's own body; before opening only."""
    member = current_user.person
    round_ = require_round(held, member, round_id)
    if lock:
        held.refresh(round_, with_for_update=True)
    question = held.exec(
        select(Question).where(Question.id == question_id, Question.round_id == round_id)
    ).first()
    if question is None or round_.term_id not in held.exec(term_ids_of(member)).all():
        raise NotFound()
    if not recusal.is_possible(round_):
        raise Refused("recusal_closed")
    return question


def _page(held: Session, question: Question, form: RecusalForm) -> str:
    procedure = rules_of_procedure.procedure(held, held.get_one(Round, question.round_id))
    return render_template(
        "booth/recusal.html",
        question=question,
        title=subject.of(held, question).title,
        own=held.get(Recusal, (question.id, current_user.person.id)),
        publish=procedure.choice("recusal.publish"),
        leaves_room=recusal.leaves_room(procedure),
        form=form,
    )
