"""A voting key from before a group was known gets its point there, from the phone that holds it."""

from datetime import datetime
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session, col, select

from app import alias, db, throttle
from app.account import enrolling
from app.account.routes import blueprint
from app.body import day_of
from app.errors import Refused, answers_json
from app.json_request import read_object, text_of
from app.models import Member, Term, VotingKey
from app.models.card import MARK
from app.policy import Action, may, requires
from voting.protocol.group import NAMES as GROUPS

SCOPE = "key_points"
MOST_FAILURES = 20


@blueprint.app_template_global()
def has_incomplete_key() -> bool:
    """Whether a key of whoever reads this page is not known in every group."""
    held = db.session()
    return may(Action.VOTE) and bool(_incomplete(held, _member(), db.clock(held)))


@blueprint.get("/account/key-points")
@requires(Action.VOTE)
@answers_json
def key_points() -> ResponseReturnValue:
    """The keys that lack a point, and by which point their phone knows each of them."""
    held = db.session()
    found = _incomplete(held, _member(), db.clock(held))
    return jsonify(
        csrf=generate_csrf(),
        groups=list(GROUPS),
        member=alias.of(_member()),
        keys=[{"term": key.term_id, "point": key.point} for key in found],
    )


@blueprint.post("/account/key-points/nonce")
@requires(Action.VOTE)
@answers_json
def key_nonce() -> ResponseReturnValue:
    held = db.begin_write()
    return jsonify(nonce=enrolling.issue_nonce(held, _member(), db.clock(held)))


@blueprint.post("/account/key-points")
@requires(Action.VOTE)
@answers_json
def complete_key() -> ResponseReturnValue:
    throttle.require_free(SCOPE, MOST_FAILURES)
    try:
        _complete(_member(), read_object())
    except Refused:
        throttle.count_failure(SCOPE, MOST_FAILURES)
        raise
    return jsonify(complete=True)


def _complete(member: Member, sent: dict[str, Any]) -> None:
    """Add points to a key that is there; whoever sends them knows the code of that key."""
    term_id, nonce = text_of(sent, "term"), text_of(sent, "nonce")
    points = enrolling.proven_points(term_id, nonce, sent)
    held = db.begin_write()
    now = db.clock(held)
    if MARK not in enrolling.points_of(held, member, term_id):
        raise Refused("not_found")
    enrolling.use_nonce(held, member, nonce, now)
    enrolling.add_points(held, member, term_id, points, now)


def _incomplete(held: Session, member: Member, now: datetime) -> list[VotingKey]:
    keys = held.exec(
        select(VotingKey)
        .join(Term, col(Term.id) == VotingKey.term_id)
        .where(VotingKey.area_id == member.area_id, VotingKey.member_id == member.id)
        .where(Term.ends_on >= day_of(now))
    ).all()
    known = {(key.term_id, key.group) for key in keys}
    return [
        key
        for key in keys
        if key.group == MARK and any((key.term_id, each) not in known for each in GROUPS)
    ]


def _member() -> Member:
    return current_user.person
