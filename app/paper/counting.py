"""Votes that people count: two officers enter numbers, or the answers to called names."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import RadioField

from app import db, subject
from app.models import Member, Question, RollEntry, Round
from app.own_row import load
from app.paper.forms import SILENT, CountForm, CountWithResidentsForm, answer_field
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import by_hand

SAID = {
    "waits": _("Gespeichert. Jetzt zählt eine zweite Person für sich und trägt ihre Zahlen ein."),
    "agreed": _("Beide Zählungen sind gleich. Das Ergebnis steht."),
    "unequal": _("Die beiden Zählungen sind verschieden. Bitte zählen beide noch einmal."),
}


@blueprint.route("/questions/<question_id>/count", methods=["GET", "POST"])
@requires(Action.ENTER_PAPERS)
def count(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    question = _require(held, question_id, ("open", "paper"))
    form = _count_form(held, question)
    if not form.is_submitted():
        return _count_page(held, question, form)
    if not form.validate():
        return _count_page(held, question, form), 422
    numbers, officer_id = form.numbers, current_user.person_id
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    flash(str(SAID[by_hand.enter(held, question, officer_id, numbers)]))
    return redirect(url_for(".count", question_id=question_id), 303)


@blueprint.route("/questions/<question_id>/answers", methods=["GET", "POST"])
@requires(Action.ENTER_PAPERS)
def answers(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    question = _require(held, question_id, ("roll_call",))
    form = _answers_form(held, question)
    if not form.is_submitted():
        return _answers_page(held, question, form)
    if not form.validate():
        return _answers_page(held, question, form), 422
    said = {int(field.name): field.data for field in _answer_fields(form) if field.data != SILENT}
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    by_hand.answer(held, question, said)
    flash(gettext("Die Antworten sind gespeichert."))
    return redirect(url_for(".answers", question_id=question_id), 303)


def _require(held: Session, question_id: str, ways: tuple[str, ...]) -> Question:
    """A question that people count in one of these ways."""
    question = load(held, Question, question_id)
    if held.get_one(Round, question.round_id).way not in ways or question.roll_facts is None:
        raise NotFound()
    return question


def _count_form(held: Session, question: Question) -> CountForm:
    round_ = held.get_one(Round, question.round_id)
    if by_hand.needs_residents(held, round_, question):
        return CountWithResidentsForm()
    return CountForm()


def _count_page(held: Session, question: Question, form: CountForm) -> str:
    entered = by_hand.entered_by(held, question)
    return render_template(
        "paper/count.html",
        question=question,
        round=held.get_one(Round, question.round_id),
        title=subject.of(held, question).title,
        form=form,
        agreed=by_hand.agreed(held, question),
        is_mine=current_user.person_id in entered,
        is_begun=bool(entered),
    )


def _answers_form(held: Session, question: Question) -> FlaskForm:
    """One field for each member on the roll, named by the member's number."""
    fields = {str(member.id): answer_field(member.name) for member in _on_roll(held, question)}
    known = {str(key): said for key, said in by_hand.answers_of(held, question).items()}
    return type("AnswersForm", (FlaskForm,), fields)(data=known)


def _answer_fields(form: FlaskForm) -> list[RadioField]:
    return [field for field in form if isinstance(field, RadioField)]


def _on_roll(held: Session, question: Question) -> list[Member]:
    return list(
        held.exec(
            select(Member)
            .join(RollEntry, col(RollEntry.member_id) == Member.id)
            .where(RollEntry.question_id == question.id)
            .order_by(col(Member.name), col(Member.id))
        )
    )


def _answers_page(held: Session, question: Question, form: FlaskForm) -> str:
    return render_template(
        "paper/answers.html",
        question=question,
        round=held.get_one(Round, question.round_id),
        title=subject.of(held, question).title,
        form=form,
        fields=_answer_fields(form),
        is_entered=bool(by_hand.answers_of(held, question)),
    )
