"""Names that are called: one person notes the answers, a second one reads them over."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms import RadioField

from app import db, subject
from app.models import Member, Question, RollEntry, Round
from app.own_row import load
from app.paper.forms import SILENT, CallForm, ReadOverForm, answer_field
from app.paper.own_round import load_count
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import roll_call

WAYS = ("roll_call",)


@blueprint.route("/questions/<question_id>/answers", methods=["GET", "POST"])
@requires(Action.ENTER_PAPERS)
def answers(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    question = load_count(held, question_id, WAYS)
    form = _form(held, question)
    if not form.is_submitted():
        return _page(held, question, form)
    if not form.validate():
        return _page(held, question, form), 422
    said = {int(field.name): field.data for field in _answer_fields(form) if field.data != SILENT}
    reason = form.reason.data
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    roll_call.answer(held, question, said, current_user.person, reason, db.clock(held))
    flash(_("Die Antworten sind gespeichert."))
    return redirect(url_for(".answers", question_id=question_id), 303)


@blueprint.post("/questions/<question_id>/answers/confirm")
@requires(Action.ENTER_PAPERS)
def confirm_answers(question_id: str) -> Response:
    load_count(db.session(), question_id, WAYS)
    seen = ReadOverForm().seen.data or ""
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    roll_call.confirm(held, question, current_user.person, seen, db.clock(held))
    flash(_("Bestätigt. Zwei Personen haben dieselben Antworten gehört."))
    return redirect(url_for(".answers", question_id=question_id), 303)


def _form(held: Session, question: Question) -> FlaskForm:
    """One field for each member on the roll, named by the member's number, then the reason."""
    fields = {str(member.id): answer_field(member.name) for member in _on_roll(held, question)}
    known = {str(key): said for key, said in roll_call.answers_of(held, question).items()}
    first = roll_call.first_of(held, question)
    reason = first.reason if first else _("Das Gremium stimmt mit Namen ab.")
    return type("AnswersForm", (CallForm,), fields)(data=known | {"reason": reason})


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


def _page(held: Session, question: Question, form: FlaskForm) -> str:
    said, first = roll_call.answers_of(held, question), roll_call.first_of(held, question)
    return render_template(
        "paper/answers.html",
        question=question,
        round=held.get_one(Round, question.round_id),
        title=subject.of(held, question).title,
        form=form,
        fields=_answer_fields(form),
        first=first,
        is_mine=first is not None and first.is_by(current_user.person),
        is_late=first is not None and first.expires_at <= db.clock(held),
        is_agreed=roll_call.is_agreed(held, question),
        unanswered=roll_call.unanswered(held, question),
        answers=[(each.name, said.get(each.id)) for each in _on_roll(held, question)],
        seen=roll_call.mark(said),
    )
