"""The desk gives the hall its addresses: the screen's, and the one to check in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import db, hall_key, language, qr_code
from app.hall import picture, second, stage
from app.hall.routes import blueprint
from app.models import Body, Meeting
from app.own_row import load
from app.policy import Action, requires


@blueprint.get("/desk/meetings/<int:meeting_id>/hall")
@requires(Action.RUN_ROUNDS)
def link(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    return render_template(
        "hall/link.html",
        meeting=found,
        body=held.get_one(Body, found.body_id),
        shown=stage.find(held, found, db.clock(held)),
        seconds=second.offered(),
        usual=second.usual(held, found),
        names=language.NAMES,
        address=picture.screen_path(found),
    )


@blueprint.post("/desk/meetings/<int:meeting_id>/hall")
@requires(Action.RUN_ROUNDS)
def renew(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    is_new = not found.hall_key
    hall_key.renew(found)
    flash(_("Der Link ist da.") if is_new else _("Die alten Links gelten nicht mehr."))
    return redirect(url_for(".link", meeting_id=meeting_id), 303)


@blueprint.get("/desk/meetings/<int:meeting_id>/door")
@requires(Action.RUN_ROUNDS)
def door(meeting_id: int) -> str | Response:
    """A sheet for the door, with the code to check in."""
    held = db.session()
    found = load(held, Meeting, meeting_id)
    if not found.hall_key:
        return redirect(url_for(".link", meeting_id=meeting_id), 303)
    address = picture.arriving_address(found, via="door")
    return render_template(
        "hall/door.html",
        meeting=found,
        body=held.get_one(Body, found.body_id),
        code=qr_code.picture(address),
    )
