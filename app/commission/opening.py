"""Opening a closed round with a key: what has to be checked is fetched, the parts are handed in."""

from typing import Any

from flask import Response, jsonify
from flask_login import current_user
from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from app import board, db, guard
from app.commission.routes import blueprint
from app.errors import Refused, answers_json
from app.json_request import read_object, text_of
from app.models import Board, Round
from app.policy import Action, requires
from app.round import releasing
from app.round.releasing import Part

ARCHIVE = "application/x-tar"


@blueprint.get("/rounds/<round_id>/<question_id>.bel")
@requires(Action.OPEN_SUM)
@answers_json
def archive(round_id: str, question_id: str) -> Response:
    held = db.session()
    _waiting(held, round_id, question_id)
    return Response(board.read_archive(held, question_id), mimetype=ARCHIVE)


@blueprint.get("/rounds/<round_id>/<question_id>.strong.json")
@requires(Action.OPEN_SUM)
@answers_json
def strong(round_id: str, question_id: str) -> Response:
    """The proofs of those who have already handed in their parts; empty while nobody has."""
    held = db.session()
    _waiting(held, round_id, question_id)
    document = held.get_one(Board, question_id).strong
    return Response(document or "", mimetype="application/json")


@blueprint.post("/rounds/<round_id>/parts")
@requires(Action.OPEN_SUM)
@answers_json
def release(round_id: str) -> Response:
    parts = _parts(read_object("release_broken"))
    if _round(db.session(), round_id).trust == "commission":
        guard.require(Action.HOLD_KEY)
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


def _waiting(held: Session, round_id: str, question_id: str) -> None:
    """Refuse what is not waiting for this person's key."""
    found = _round(held, round_id)
    if question_id not in {each.id for each in releasing.waiting(held, found)}:
        raise NotFound()


def _round(held: Session, round_id: str, *, lock: bool = False) -> Round:
    """A round that this person's key opens; others do not see it here."""
    wanted = select(Round).where(Round.id == round_id, Round.area_id == current_user.area_id)
    found = held.exec(wanted.with_for_update() if lock else wanted).first()
    if found is None or releasing.holder_of(held, found, current_user.person) is None:
        raise NotFound()
    return found
