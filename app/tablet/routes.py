"""The tablet in the hall: a member's card signs in, and nothing of it stays afterwards."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import db, tablet_mode, visitor
from app.models import Tablet
from app.own_row import load
from app.policy import Action, may, requires

blueprint = Blueprint("tablet", __name__, url_prefix="/tablet")
blueprint.add_app_template_global(tablet_mode.is_on, "is_tablet")
# Cookies stay: one of them says that this browser is the tablet.
EVERYTHING = '"cache", "storage"'


@blueprint.get("/")
@requires(Action.READ_PUBLIC)
def index() -> str:
    if tablet_mode.is_on():
        return render_template("tablet/ready.html")
    running = _running(db.session()) if may(Action.RUN_ROUNDS) else ()
    return render_template("tablet/index.html", running=running)


@blueprint.post("/start")
@requires(Action.RUN_ROUNDS)
def start() -> Response:
    held = db.begin_write()
    tablet_mode.start(held, current_user.person)
    return _leave(held)


@blueprint.post("/leave")
@requires(Action.READ_PUBLIC)
def leave() -> Response:
    return _leave(db.begin_write())


@blueprint.post("/<int:tablet_id>/end")
@requires(Action.RUN_ROUNDS)
def end(tablet_id: int) -> Response:
    held = db.begin_write()
    held.delete(load(held, Tablet, tablet_id))
    return redirect(url_for(".index"), 303)


def _leave(held: Session) -> Response:
    """Sign out whoever is signed in and let the browser forget what it stored."""
    if current_user.is_authenticated:
        visitor.sign_out(held, current_user, db.clock(held))
    response = redirect(url_for(".index"), 303)
    response.headers["Clear-Site-Data"] = EVERYTHING
    return response


def _running(held: Session) -> Sequence[Tablet]:
    found = select(Tablet).where(Tablet.area_id == current_user.area_id)
    return held.exec(found.order_by(col(Tablet.id))).all()
