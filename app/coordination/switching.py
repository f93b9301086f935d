"""Another of the areas that somebody coordinates."""

from flask import abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app import coordinated, db
from app.body import day_of
from app.coordination.routes import blueprint
from app.models import UserSession
from app.policy import Action, requires


@blueprint.post("/area")
@requires(Action.COORDINATE)
def switch() -> Response:
    held = db.begin_write()
    today = day_of(db.clock(held))
    areas = coordinated.areas_of(held, current_user.person.coordinator_id, today)
    wanted = request.form.get("area", "")
    area = next((each for each in areas if str(each.id) == wanted), None)
    if area is None:
        abort(404)
    held.get_one(UserSession, current_user.get_id()).viewed_area_id = area.id
    return redirect(url_for(".index"), 303)
