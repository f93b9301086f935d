"""The voters' room: what is up for a vote, the booth, casting, receipts."""

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import (
    board,
    box,
    card_notice,
    card_protection,
    counting_commission,
    db,
    objection,
    visitor,
)
from app.booth import document, heads, receiving, running
from app.booth.receipt import last_receipt, require_receipt
from app.booth.round_page import (
    body_and_meeting,
    is_over,
    items,
    may_read_roll,
    minutes_left,
    require_on_roll,
    require_round,
)
from app.booth.state import state
from app.booth.up_for_vote import counting_at, next_meeting, next_open, up_for_vote
from app.errors import answers_json
from app.models import Member, Question
from app.policy import Action, requires
from app.rich_text import render
from app.round import count_key, releasing
from app.upload import takes_body

blueprint = Blueprint("booth", __name__)
ARCHIVE = "application/x-tar"


def _member() -> Member:
    return current_user.person


@blueprint.app_template_global()
def booth_address() -> str:
    """The booth's one address for all languages; round and language follow in the fragment."""
    return f"/booth/{document.current().version}/"


@blueprint.get("/booth/")
@requires(Action.VOTE)
def index() -> ResponseReturnValue:
    held = db.session()
    now = db.clock(held)
    visitor.keep_signed_in(current_user)
    return render_template(
        "booth/index.html",
        card_notices=card_notice.shown_to(held, current_user.person, now),
        up=up_for_vote(held, _member(), now),
        meeting=next_meeting(held, _member(), now),
        counting=counting_at(held, _member(), now),
        key_parts=counting_commission.held_by(held, _member()),
        to_count=releasing.waiting_for(held, _member()),
        objectable=objection.open_to(held, _member(), now),
        mark=running.read(current_user.area.slug),
    )


@blueprint.get("/booth/<version>/")
@requires(Action.READ_PUBLIC)
def booth(version: str) -> ResponseReturnValue:
    if version != document.current().version:
        abort(404)
    return document.answer()


@blueprint.get("/booth/<round_id>/questions")
@requires(Action.VOTE)
def questions(round_id: str) -> ResponseReturnValue:
    held = db.session()
    round_ = require_round(held, _member(), round_id)
    body, meeting = body_and_meeting(held, round_)
    now = db.clock(held)
    return render_template(
        "booth/questions.html",
        round=round_,
        body=body,
        meeting=meeting,
        items=items(held, round_, _member()),
        may_read_roll=may_read_roll(held, round_, _member()),
        receipt=last_receipt(held, round_, _member().id) if round_.opened_at else None,
        is_over=is_over(round_, now),
        minutes_left=minutes_left(round_, now),
        is_card_enough=card_protection.is_card_enough(held, _member(), round_.term_id),
        counters=count_key.holders(held, round_.meeting_id) if round_.trust == "evening" else [],
        rich=render,
    )


@blueprint.get("/booth/<round_id>/state")
@requires(Action.VOTE)
@answers_json
def round_state(round_id: str) -> ResponseReturnValue:
    held = db.session()
    round_ = require_round(held, _member(), round_id)
    return jsonify(state(held, round_, _member(), db.clock(held)))


@blueprint.post("/booth/<round_id>/ballots")
@requires(Action.VOTE)
@takes_body(receiving.MOST_BYTES)
@answers_json
def ballots(round_id: str) -> ResponseReturnValue:
    return Response(receiving.receive(_member(), round_id), mimetype="application/json")


@blueprint.get("/booth/<round_id>/<question_id>.bel")
@requires(Action.VOTE)
@answers_json
def archive(round_id: str, question_id: str) -> ResponseReturnValue:
    held = db.session()
    require_on_roll(held, require_round(held, _member(), round_id), question_id, _member())
    box.require_there(held.get_one(Question, question_id))
    return Response(board.read_archive(held, question_id), mimetype=ARCHIVE)


@blueprint.get("/booth/heads")
@requires(Action.VOTE)
@answers_json
def newest_heads() -> ResponseReturnValue:
    response = jsonify(heads.heads(db.session(), _member()))
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/booth/<round_id>/chains")
@requires(Action.VOTE)
@answers_json
def chains(round_id: str) -> ResponseReturnValue:
    held = db.session()
    round_ = require_round(held, _member(), round_id)
    return jsonify(heads.chains(held, round_, _member()))


@blueprint.get("/beleg/<receipt_id>")
@requires(Action.VOTE)
def receipt(receipt_id: str) -> ResponseReturnValue:
    held = db.session()
    shown = require_receipt(held, _member(), receipt_id)
    now = db.clock(held)
    newest = last_receipt(held, shown.round, _member().id)
    return render_template(
        "booth/receipt.html",
        shown=shown,
        is_replaced=newest not in (None, receipt_id),
        counting=counting_at(held, _member(), now),
        is_over=is_over(shown.round, now),
        next_round=next_open(held, _member(), now, but=shown.round),
    )
