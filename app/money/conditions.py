"""When a condition of a grant is due, and that it is met."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import db
from app.body import day_of
from app.errors import Refused
from app.models import Condition, Grant, Question
from app.money.payment_forms import ConditionForm
from app.money.payments import grant_page
from app.money.routes import blueprint
from app.own_row import load
from app.policy import Action, requires


@blueprint.post("/grants/<int:grant_id>/conditions")
@requires(Action.SETTLE_GRANTS)
def set_condition(grant_id: int) -> Response | tuple[str, int]:
    held = db.session()
    found = load(held, Grant, grant_id)
    position = _position(held, found)
    form = ConditionForm.of(position, held.get(Condition, (found.question_id, position)))
    if not form.validate():
        return grant_page(held, found, form), 422
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    if found.state == "completed":
        raise Refused("wrong_state")
    _store(held, found, form)
    flash(_("Die Auflage ist gespeichert."))
    return redirect(url_for(".show_grant", grant_id=grant_id), 303)


def _position(held: Session, found: Grant) -> int:
    """Which condition of the question was sent."""
    sent = request.form.get("position", "")
    for place in range(len(held.get_one(Question, found.question_id).conditions)):
        if sent == str(place):
            return place
    raise NotFound()


def _store(held: Session, found: Grant, form: ConditionForm) -> None:
    """Keep the day; one that is met already keeps the day it was met."""
    stored = held.get(Condition, (found.question_id, form.position)) or Condition(
        question_id=found.question_id, position=form.position, area_id=found.area_id
    )
    stored.due_on = form.due_on.data
    today = day_of(db.clock(held))
    stored.met_on = (stored.met_on or today) if form.is_met.data else None
    held.add(stored)
    held.flush()
