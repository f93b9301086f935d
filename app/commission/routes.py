"""The room of those who count: making an evening key, and what the phone that holds it shows."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask_login import current_user
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from app import db
from app.commission.state import state
from app.errors import Refused, answers_json
from app.header import HEADERS, OWN_WORKERS
from app.json_request import read_object, text_of
from app.models import Meeting
from app.policy import Action, requires
from app.round import count_key

# A phone that does not come back after the meeting deletes its key then.
LONGEST_EVENING = timedelta(days=1)

blueprint = Blueprint("commission", __name__, url_prefix="/commission")


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Action.COUNT)
def evening(meeting_id: int) -> Response:
    held = db.session()
    found = _meeting(held, meeting_id)
    until = found.starts_at + LONGEST_EVENING
    return counting_page("commission/evening.html", meeting=found, until=until.isoformat())


def counting_page(template: str, **shown: object) -> Response:
    """A page whose workers check boxes."""
    response = make_response(render_template(template, **shown))
    response.headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"] + OWN_WORKERS
    return response


@blueprint.get("/meetings/<int:meeting_id>/state")
@requires(Action.COUNT)
@answers_json
def evening_state(meeting_id: int) -> Response:
    held = db.session()
    response = jsonify(state(held, _meeting(held, meeting_id), current_user.person))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.post("/meetings/<int:meeting_id>/key")
@requires(Action.COUNT)
@answers_json
def make_key(meeting_id: int) -> Response:
    document = text_of(read_object("count_key_broken"), "document")
    held = db.begin_write()
    found = _meeting(held, meeting_id, lock=True)
    now = db.clock(held)
    if found.state in ("closed", "cancelled"):
        raise Refused("meeting_over")
    made = count_key.add(held, found, current_user.person, document, now)
    return jsonify({"public_key": made.public_key})


def _meeting(held: Session, meeting_id: int, *, lock: bool = False) -> Meeting:
    """A meeting of a body in which this member may be present."""
    wanted = select(Meeting).where(
        Meeting.id == meeting_id, Meeting.area_id == current_user.area_id
    )
    found = held.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound()
    return found
