"""Votes that people count: two persons enter numbers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, subject
from app.models import Question, Round
from app.own_row import load
from app.paper.forms import CountForm
from app.paper.own_round import load_count
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import hand_count

SAID = {
    "waits": _("Gespeichert. Jetzt zählt eine zweite Person für sich und trägt ihre Zahlen ein."),
    "agreed": _("Beide Zählungen sind gleich. Das Ergebnis steht."),
    "unequal": _("Die beiden Zählungen sind verschieden. Bitte zählen beide noch einmal."),
}


@blueprint.route("/questions/<question_id>/count", methods=["GET", "POST"])
@requires(Action.ENTER_PAPERS)
def count(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    question = load_count(held, question_id, ("open", "paper"))
    form = _form(held, question)
    if not form.is_submitted():
        return _page(held, question, form)
    if not form.validate():
        return _page(held, question, form), 422
    numbers, reason = form.numbers, form.given_reason
    held = db.begin_write()
    question = load(held, Question, question_id)
    load(held, Round, question.round_id, lock=True)
    standing = hand_count.enter(
        held, question, current_user.person, numbers, reason, db.clock(held)
    )
    flash(str(SAID[standing]))
    return redirect(url_for(".count", question_id=question_id), 303)


def _form(held: Session, question: Question) -> CountForm:
    """What this person fills in: the first of the two says why."""
    round_ = held.get_one(Round, question.round_id)
    first = hand_count.waiting(held, question, db.clock(held))
    form = CountForm(reason=gettext("Das Gremium stimmt offen ab.") if round_.way == "open" else "")
    if round_.way == "open":
        del form.invalid
    if not hand_count.needs_residents(held, round_, question):
        del form.residents
    if first is not None and not first.is_by(current_user.person):
        del form.reason
    return form


def _page(held: Session, question: Question, form: CountForm) -> str:
    first = hand_count.waiting(held, question, db.clock(held))
    return render_template(
        "paper/count.html",
        question=question,
        round=held.get_one(Round, question.round_id),
        title=subject.of(held, question).title,
        form=form,
        agreed=hand_count.agreed(held, question),
        first=first,
        is_mine=first is not None and first.is_by(current_user.person),
    )
