"""The page a card opens, and what its script asks."""

from datetime import UTC, datetime, timedelta

from flask import jsonify, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import db, text
from app.account import enrolling, entering, protection, proving
from app.account.forms import OwnPassphraseForm, WordsForm
from app.account.recognising import Holder, require_card, require_known_card
from app.account.routes import blueprint
from app.errors import answers_json
from app.json_request import read_object, text_of
from app.models import Member
from app.policy import Action, requires

# What the form session keeps between words and passphrase: whose card it is and until when.
HALF_WAY = "card_half_way"
HALF_WAY_LASTS = timedelta(minutes=10)


@blueprint.get("/karte")
@requires(Action.ENTER)
def card() -> ResponseReturnValue:
    return render_template("account/card.html", form=WordsForm())


@blueprint.post("/karte")
@requires(Action.ENTER)
def card_words() -> ResponseReturnValue:
    form = WordsForm()
    if not form.validate_on_submit():
        return render_template("account/card.html", form=form), 422
    if protection.asked_here(db.session(), form.holder.member):
        until = db.clock(db.session()) + HALF_WAY_LASTS
        session[HALF_WAY] = [form.holder.card.id, until.timestamp()]
        return redirect(url_for("account.card_passphrase"), 303)
    return _let_in(form.holder)


@blueprint.route("/karte/passphrase", methods=["GET", "POST"])
@requires(Action.ENTER)
def card_passphrase() -> ResponseReturnValue:
    """What more a new device must show, where no script runs."""
    holder = _half_way()
    if holder is None:
        return redirect(url_for("account.card"), 303)
    form = OwnPassphraseForm()
    asked = protection.of(db.session(), holder.member)
    if form.validate_on_submit():
        if proving.by_own_passphrase(holder.member, form.passphrase.data):
            return _let_in(require_known_card(holder.card.id))
        form.form_errors.append(_("Diese Passphrase stimmt nicht."))
    page = render_template("account/card_passphrase.html", form=form, asked=asked)
    return (page, 422) if form.is_submitted() else page


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
        protection=protection.demand(holder),
    )


@blueprint.post("/karte/sign-in")
@requires(Action.ENTER)
@answers_json
def card_sign_in() -> ResponseReturnValue:
    sent = read_object()
    protection.require_shown(require_card(text_of(sent, "signin")), sent)
    holder = require_card(text_of(sent, "signin"))
    held = db.begin_write()
    entering.enter_by_card(held, holder, db.clock(held))
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


def _let_in(holder: Holder) -> ResponseReturnValue:
    held = db.begin_write()
    entering.enter_by_card(held, holder, db.clock(held))
    return redirect(entering.landing(holder.member), 303)


def _half_way() -> Holder | None:
    """Whose card was typed in this browser just now."""
    card_id, until = session.get(HALF_WAY) or (None, 0)
    if card_id is None or datetime.fromtimestamp(until, UTC) <= db.clock(db.session()):
        return None
    return require_known_card(card_id)


def _shown_card() -> Holder:
    return require_card(text_of(read_object(), "signin"))


def _entrance(holder: Holder) -> ResponseReturnValue:
    held = db.session()
    next_page = entering.landing(holder.member)
    return jsonify(enrolling.entrance(held, holder, next_page, db.clock(held)))


def _member() -> Member:
    return current_user.person
