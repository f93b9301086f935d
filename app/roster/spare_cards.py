"""Spare cards of a body: printing some in advance, looking them over, making some worthless."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from app import db
from app.body import day_of
from app.errors import Refused, answers_json
from app.json_request import read_object
from app.policy import Action, requires
from app.roster import card_face, sparing
from app.roster.card_forms import DiscardForm
from app.roster.routes import blueprint, running


@blueprint.get("/bodies/<int:body_id>/spare-cards")
@requires(Action.PRINT_CARDS)
def spare_cards(body_id: int) -> str:
    held = db.session()
    body, term = running(held, body_id)
    return render_template(
        "roster/spare_cards.html",
        body=body,
        spares=sparing.unused_spares(held, term),
        most=sparing.MOST_SPARES,
        faces=card_face.for_spares(term, day_of(db.clock(held))),
    )


@blueprint.post("/bodies/<int:body_id>/spare-cards")
@requires(Action.PRINT_CARDS)
@answers_json
def register_spare_cards(body_id: int) -> tuple[Response, int]:
    verifiers = _verifiers(read_object())
    held = db.begin_write()
    _body, term = running(held, body_id)
    numbers = sparing.register_spares(held, term, verifiers, db.clock(held), current_user.person.id)
    return jsonify(numbers=numbers), 201


@blueprint.route("/bodies/<int:body_id>/spare-cards/discard", methods=["GET", "POST"])
@requires(Action.PRINT_CARDS)
def discard_spare_cards(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, term = running(held, body_id)
    spares = sparing.unused_spares(held, term)
    form = DiscardForm(data={"number": request.args.getlist("number", int)})
    form.offer(spares)
    if not form.is_submitted():
        return render_template("roster/discard_spare_cards.html", form=form, body=body)
    if not form.validate():
        return render_template("roster/discard_spare_cards.html", form=form, body=body), 422
    held = db.begin_write()
    _body, term = running(held, body_id)
    gone = sparing.discard_spares(held, term, form.number.data)
    flash(
        ngettext(
            "%(num)d Ersatzkarte ist ungültig. Bitte vernichten Sie das Papier.",
            "%(num)d Ersatzkarten sind ungültig. Bitte vernichten Sie das Papier.",
            gone,
        )
    )
    return redirect(url_for(".spare_cards", body_id=body_id), 303)


def _verifiers(sent: dict[str, Any]) -> list[str]:
    """The verifiers of new spare cards, from {"verifiers": […]}."""
    verifiers = sent.get("verifiers")
    if not isinstance(verifiers, list) or not all(isinstance(each, str) for each in verifiers):
        raise Refused("bad_request")
    return verifiers
