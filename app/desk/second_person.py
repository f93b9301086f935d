"""What needs a second person: asking for it on one session, confirming on another."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import db
from app.desk.forms import ReasonForm
from app.desk.routes import blueprint
from app.models import Confirmation, Question, Round
from app.own_row import load
from app.policy import Action, may, requires
from app.round import confirming
from app.round.turnout import turnout


@blueprint.route("/rounds/<round_id>/close-early", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def close_early(round_id: str) -> str | Response | tuple[str, int]:
    return _ask(round_id, "close_early")


@blueprint.route("/rounds/<round_id>/void", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def void(round_id: str) -> str | Response | tuple[str, int]:
    return _ask(round_id, "void_round")


@blueprint.route("/rounds/<round_id>/count-again", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def count_again(round_id: str) -> str | Response | tuple[str, int]:
    return _ask(round_id, "count_again")


@blueprint.post("/questions/<question_id>/confirm")
@requires(Action.RUN_ROUNDS)
def ask_to_confirm(question_id: str) -> Response:
    held = db.begin_write()
    question = load(held, Question, question_id)
    owner = load(held, Round, question.round_id, lock=True)
    confirming.request(
        held,
        act="confirm_result",
        round_=owner,
        question=question,
        reason="",
        officer=current_user.person,
        now=db.clock(held),
    )
    return redirect(url_for(".round_", round_id=owner.id), 303)


@blueprint.post("/confirmations/<int:confirmation_id>")
@requires(Action.CONFIRM)
def confirm(confirmation_id: int) -> Response:
    held = db.begin_write()
    confirmation = load(held, Confirmation, confirmation_id)
    owner = load(held, Round, confirmation.round_id, lock=True)
    confirming.confirm(held, confirmation, current_user.person, db.clock(held))
    flash(_("Bestätigt. Danke, dass Sie mit hingesehen haben."))
    if not may(Action.RUN_ROUNDS):
        return redirect(url_for("account.second_person"), 303)
    return redirect(url_for(".round_", round_id=owner.id), 303)


def _ask(round_id: str, act: str) -> str | Response | tuple[str, int]:
    """The page that asks for the reason, and the request that waits for somebody else."""
    form = ReasonForm()
    template = f"desk/{act}.html"
    found = load(db.session(), Round, round_id)
    figures = turnout(db.session(), found)
    if not form.is_submitted():
        return render_template(template, round=found, form=form, turnout=figures)
    if not form.validate():
        return render_template(template, round=found, form=form, turnout=figures), 422
    held = db.begin_write()
    confirming.request(
        held,
        act=act,
        round_=load(held, Round, round_id, lock=True),
        reason=form.reason.data,
        officer=current_user.person,
        now=db.clock(held),
    )
    return redirect(url_for(".round_", round_id=round_id), 303)
