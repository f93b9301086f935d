"""A confirmed result at the desk: its summary and its publication."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import applicant_letter, db
from app.desk import minutes_vote
from app.desk.item import item
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Question, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import publishing
from app.summary_form import SummaryForm


@blueprint.route("/questions/<question_id>/publish", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def publish(question_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    form = SummaryForm()
    if not form.is_submitted():
        return _page(held, load(held, Question, question_id), form)
    if not form.validate():
        return _page(held, load(held, Question, question_id), form), 422
    held = db.begin_write()
    question = load(held, Question, question_id)
    owner = load(held, Round, question.round_id, lock=True)
    made = publishing.publish(held, question, form.summary, db.clock(held))
    if applicant_letter.is_waiting(held, made):
        flash(_("Die Person mit dem Antrag hat keine E-Mail. Bitte sagen Sie per Brief Bescheid."))
    flash(_("Veröffentlicht als Entscheidung %(number)s.", number=made.number))
    minutes_vote.follow(held, owner)
    return redirect(url_for(".round_", round_id=owner.id), 303)


def _page(held: Session, question: Question, form: SummaryForm) -> str:
    if question.state != "confirmed":
        raise Refused("already_done")
    owner = load(held, Round, question.round_id)
    return render_template(
        "desk/publish.html", round=owner, item=item(held, owner, question), form=form
    )
