"""Several confirmed results are summarised on one page and published together."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db
from app.desk import minutes_vote
from app.desk.item import item
from app.desk.routes import blueprint
from app.desk.summaries_form import SummariesForm
from app.errors import Refused
from app.models import Question, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import preparing, publishing


@blueprint.route("/rounds/<round_id>/publish", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def publish_all(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    questions = _confirmed(held, found)
    form = SummariesForm.about(questions)()
    if not form.is_submitted():
        return _page(held, found, questions, form)
    summaries = form.summaries(questions) if form.validate() else {}
    if not summaries:
        return _page(held, found, questions, form), 422
    held = db.begin_write()
    now = db.clock(held)
    owner = load(held, Round, round_id, lock=True)
    for question_id, summary in summaries.items():
        publishing.publish(held, load(held, Question, question_id), summary, now)
    flash(
        ngettext(
            "%(num)d Entscheidung ist veröffentlicht.",
            "%(num)d Entscheidungen sind veröffentlicht.",
            len(summaries),
        )
    )
    minutes_vote.follow(held, owner)
    return redirect(url_for(".round_", round_id=round_id), 303)


def _confirmed(held: Session, found: Round) -> Sequence[Question]:
    """What waits for its summary, in the order of the round."""
    questions = [each for each in preparing.questions_of(held, found) if each.state == "confirmed"]
    if not questions:
        raise Refused("already_done")
    return questions


def _page(held: Session, found: Round, questions: Sequence[Question], form: SummariesForm) -> str:
    return render_template(
        "desk/publish_all.html",
        round=found,
        lines=[(item(held, found, each), form.part(each)) for each in questions],
        form=form,
    )
