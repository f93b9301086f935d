"""The page a card opens, and what its script asks."""

from flask import jsonify, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import db, text
from app.account import enrolling, entering
from app.account.forms import WordsForm
from app.account.recognising import Holder, require_card
from app.account.routes import blueprint
from app.errors import answers_json
from app.json_request import read_object, text_of
from app.models import Member
from app.policy import Action, requires


@blueprint.get("/karte")
@requires(Action.ENTER)
def card() -> ResponseReturnValue:
    return render_template("account/card.html", form=WordsForm())


@blueprint.post("/karte")
@requires(Action.ENTER)
def card_words() -> ResponseReturnValue:
    form = WordsForm()
    if form.validate_on_submit():
        held = db.begin_write()
        entering.enter_by_card(held, form.holder, db.clock(held))
        return redirect(entering.landing(form.holder.member), 303)
    return render_template("account/card.html", form=form), 422


@blueprint.post("/karte/check")
@requires(Action.ENTER)
@answers_json
def card_check() -> ResponseReturnValue:
    holder = _shown_card()
    return jsonify(
        area=holder.area.name,
        body=holder.body.name,
        role=text.word(holder.segment),
        valid_until=text.day(holder.term.ends_on),
        signed_in_as_other=current_user.is_authenticated
        and not entering.is_signed_in_as(holder.member),
    )


@blueprint.post("/karte/sign-in")
@requires(Action.ENTER)
@answers_json
def card_sign_in() -> ResponseReturnValue:
    holder = _shown_card()
    held = db.begin_write()
    now = db.clock(held)
    entering.enter_by_card(held, holder, now)
    return _entrance(holder)


@blueprint.post("/karte/copy")
@requires(Action.VOTE)
@answers_json
def card_copy() -> ResponseReturnValue:
    holder = enrolling.require_own_card(_member(), text_of(read_object(), "signin"))
    db.begin_write()
    return _entrance(holder)


@blueprint.post("/karte/key")
@requires(Action.VOTE)
@answers_json
def card_key() -> ResponseReturnValue:
    registered_at = enrolling.register(_member(), read_object())
    return jsonify(registered_at=registered_at.isoformat(timespec="seconds")), 201


def _shown_card() -> Holder:
    return require_card(text_of(read_object(), "signin"))


def _entrance(holder: Holder) -> ResponseReturnValue:
    held = db.session()
    next_page = entering.landing(holder.member)
    return jsonify(enrolling.entrance(held, holder, next_page, db.clock(held)))


def _member() -> Member:
    return current_user.person
