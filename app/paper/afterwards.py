"""A vote that was held without this site is entered: how it was held, and at what time."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db
from app.models import Meeting, Round
from app.own_row import load
from app.paper.afterwards_form import AfterwardsForm
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import afterwards
from app.text import BERLIN


@blueprint.route("/<round_id>/afterwards", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def enter_afterwards(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    now = db.clock(held)
    meeting = afterwards.require_possible(held, found, now)
    form = _form(held, found)
    if not form.is_submitted():
        return _page(found, meeting, form)
    if not form.validate_for(meeting, now):
        return _page(found, meeting, form), 422
    way, voted_at = form.way.data, form.voted_at(meeting)
    held = db.begin_write()
    afterwards.enter(held, load(held, Round, round_id, lock=True), way, voted_at, db.clock(held))
    flash(_("Gespeichert, wann abgestimmt wurde."))
    return redirect(url_for("desk.round_", round_id=round_id), 303)


def _form(held: Session, found: Round) -> AfterwardsForm:
    ways = afterwards.ways(held, found)
    clock = found.voted_at.astimezone(BERLIN).time() if found.voted_at else None
    way = found.way if found.way in ways else ways[0] if len(ways) == 1 else None
    form = AfterwardsForm(way=way, clock=clock)
    form.offer(ways)
    return form


def _page(found: Round, meeting: Meeting, form: AfterwardsForm) -> str:
    return render_template("paper/afterwards.html", round=found, meeting=meeting, form=form)
