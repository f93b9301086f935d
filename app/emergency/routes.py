"""The emergency folder: a meeting on paper when power or network fail, printed the day before."""

from flask import Blueprint, Response

from app import db
from app.emergency import folder
from app.models import Meeting
from app.own_row import load
from app.pdf.typesetting import typeset
from app.policy import Action, requires

blueprint = Blueprint("emergency", __name__)


@blueprint.get("/desk/meetings/<int:meeting_id>/emergency-folder.pdf")
@requires(Action.RUN_ROUNDS)
def pdf(meeting_id: int) -> Response:
    held = db.session()
    content = folder.of(held, load(held, Meeting, meeting_id))
    now = db.clock(held)
    db.end_read()
    response = Response(typeset("folder", content, now), mimetype="application/pdf")
    name = f"notfall-mappe-{meeting_id}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
