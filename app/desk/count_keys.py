"""Who counts at a meeting, as the desk sees it: a key that serves no further round is dismissed."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import db
from app.desk.routes import blueprint
from app.models import EveningKey, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import count_key


@blueprint.post("/rounds/<round_id>/count-keys/<int:count_key_id>/dismiss")
@requires(Action.RUN_ROUNDS)
def dismiss_count_key(round_id: str, count_key_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Round, round_id)
    count_key.dismiss(held, load(held, EveningKey, count_key_id, lock=True), db.clock(held))
    flash(_("Dieser Abendschlüssel zählt ab jetzt nicht mehr mit."))
    return redirect(url_for(".round_", round_id=found.id), 303)
