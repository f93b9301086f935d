"""The room of those who count: making an evening key, and releasing the count with it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_login import current_user
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from app import board, db
from app.commission.state import state
from app.errors import Refused, answers_json
from app.json_request import read_object, text_of
from app.models import Meeting, Round
from app.policy import Action, requires
from app.round import count_key, releasing
from app.round.releasing import Part

ARCHIVE = "application/x-tar"
# A phone that does not come back after the meeting deletes its key then.
LONGEST_EVENING = timedelta(days=1)

blueprint = Blueprint("commission", __name__, url_prefix="/commission")


@blueprint.get("/meetings/<int:meeting_id>")
@requires(Action.COUNT)
def evening(meeting_id: int) -> str:
    held = db.session()
    found = _meeting(held, meeting_id)
    until = found.starts_at + LONGEST_EVENING
    return render_template("commission/evening.html", meeting=found, until=until.isoformat())


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


@blueprint.get("/rounds/<round_id>/<question_id>.bel")
@requires(Action.COUNT)
@answers_json
def archive(round_id: str, question_id: str) -> Response:
    held = db.session()
    found = _round(held, round_id)
    if question_id not in {each.id for each in releasing.waiting(held, found)}:
        raise NotFound()
    return Response(board.read_archive(held, question_id), mimetype=ARCHIVE)


@blueprint.post("/rounds/<round_id>/parts")
@requires(Action.COUNT)
@answers_json
def release(round_id: str) -> Response:
    parts = _parts(read_object("release_broken"))
    held = db.begin_write()
    found = _round(held, round_id, lock=True)
    releasing.release(held, found, current_user.person, parts, db.clock(held))
    return jsonify({"released": True})


def _parts(sent: dict[str, Any]) -> dict[str, Part]:
    """By question: the partial decryption and the share of the strong proof, as texts."""
    parts = sent.get("parts")
    if not isinstance(parts, list) or not all(isinstance(each, dict) for each in parts):
        raise Refused("release_broken")
    return {
        text_of(each, "question"): Part(
            text_of(each, "partial").encode(), text_of(each, "share").encode()
        )
        for each in parts
    }


def _meeting(held: Session, meeting_id: int, *, lock: bool = False) -> Meeting:
    """A meeting of a body in which this member may be present."""
    wanted = select(Meeting).where(
        Meeting.id == meeting_id, Meeting.area_id == current_user.area_id
    )
    found = held.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise NotFound()
    return found


def _round(held: Session, round_id: str, *, lock: bool = False) -> Round:
    """A round that this member's key opens; others do not see it here."""
    wanted = select(Round).where(Round.id == round_id, Round.area_id == current_user.area_id)
    found = held.exec(wanted.with_for_update() if lock else wanted).first()
    own = current_user.person.id
    if found is None or own not in {each.member.id for each in releasing.holders(held, found)}:
        raise NotFound()
    return found
