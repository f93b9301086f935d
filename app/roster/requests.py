"""What needs a second person in the roster: asking on one session, confirming on another."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db
from app.errors import Refused
from app.models import Body, Confirmation
from app.policy import Action, may, requires
from app.roster import releasing, replacing
from app.roster.card_forms import ReleaseForm
from app.roster.holder import holder_of
from app.roster.routes import blueprint, load, load_body, running

# What a button of the page asks for: the act, and what the page does once it is agreed.
WAYS = {"print": "replace_card", "spare": "replace_card", "home": "replace_card_home"}


@blueprint.post("/bodies/<int:body_id>/members/<int:member_id>/card/ask")
@requires(Action.PRINT_CARDS)
def ask_for_card(body_id: int, member_id: int) -> Response:
    way, reason = request.form.get("way", ""), request.form.get("reason", "")
    if way not in WAYS or reason not in replacing.REASONS:
        raise Refused("bad_request")
    held = db.begin_write()
    _body, term = running(held, body_id)
    now = db.clock(held)
    member = holder_of(held, term, member_id, now).member
    replacing.ask(held, WAYS[way], term, member, current_user.person, now, reason=reason)
    return redirect(url_for(".member_card", body_id=body_id, member_id=member_id, then=way), 303)


@blueprint.get("/bodies/<int:body_id>/members/<int:member_id>/card/pulse")
@requires(Action.PRINT_CARDS)
def card_pulse(body_id: int, member_id: int) -> Response:
    held = db.session()
    _body, term = running(held, body_id)
    now = db.clock(held)
    member = holder_of(held, term, member_id, now).member
    return jsonify(turnout="", mark=card_mark(replacing.latest(held, term, member, now), held))


def card_mark(asked: Confirmation | None, held: Session) -> str:
    """Where the request stands, as the page compares it."""
    return str(replacing.standing(asked, db.clock(held))) if asked else "none"


@blueprint.route("/bodies/<int:body_id>/release", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def release(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body = load_body(held, body_id)
    form = ReleaseForm()
    if not form.is_submitted():
        return _release_page(held, body, form)
    if not form.validate():
        return _release_page(held, body, form), 422
    held = db.begin_write()
    reason = form.reason.data or ""
    releasing.ask(held, load_body(held, body_id), reason, current_user.person, db.clock(held))
    return redirect(url_for(".release", body_id=body_id), 303)


def _release_page(held: Session, body: Body, form: ReleaseForm) -> str:
    now = db.clock(held)
    return render_template(
        "roster/release.html",
        body=body,
        form=form,
        is_bound=releasing.is_bound(held, body.id),
        until=releasing.released_until(held, body.id, now),
        pending=releasing.request_for(held, body, now),
    )


@blueprint.post("/requests/<int:confirmation_id>")
@requires(Action.CONFIRM)
def confirm_request(confirmation_id: int) -> Response:
    held = db.begin_write()
    asked = load(held, Confirmation, confirmation_id)
    if asked.act == "change_roster":
        releasing.confirm(held, asked, current_user.person, db.clock(held))
    elif asked.act in replacing.HOW:
        replacing.confirm(held, asked, current_user.person, db.clock(held))
    else:
        abort(404)
    flash(_("Bestätigt. Danke, dass Sie mit hingesehen haben."))
    place = "desk.index" if may(Action.RUN_ROUNDS) else "account.second_person"
    return redirect(url_for(place), 303)
