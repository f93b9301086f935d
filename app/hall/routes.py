"""The screen in the hall: one thing at a time, for everybody who has its address."""

from flask import Blueprint, Response, abort, request

from app import hall_key, still
from app.hall import keeping, marking
from app.policy import Action, requires

blueprint = Blueprint("hall", __name__)


@blueprint.get("/sitzung/<int:meeting_id>/saal")
@requires(Action.READ_PUBLIC)
def screen(meeting_id: int) -> Response:
    mark = marking.read(meeting_id)
    if mark is None or not hall_key.fits(mark.hall_key, request.args.get("key", "")):
        abort(404)
    kept = keeping.page(meeting_id, request.args.get("second", ""), mark)
    return still.answer(Response(kept.html, mimetype="text/html"), kept.tag)
