""" "Im Saal zeigen": what the screen in the hall may say of a counted round."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app import db
from app.desk.routes import blueprint
from app.models import Round
from app.own_row import load
from app.policy import Action, requires
from app.round import showing


@blueprint.post("/rounds/<round_id>/show")
@requires(Action.RUN_ROUNDS)
def show(round_id: str) -> Response:
    held = db.begin_write()
    showing.show(held, load(held, Round, round_id, lock=True), db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/take-away")
@requires(Action.RUN_ROUNDS)
def take_away(round_id: str) -> Response:
    held = db.begin_write()
    showing.take_away(held, load(held, Round, round_id, lock=True))
    return redirect(url_for(".round_", round_id=round_id), 303)
