"""Asking people again who they are, before an act, and taking them back to it."""

from typing import NamedTuple

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import card_protection, db, visitor, way_back
from app.account import access, passkey, proving
from app.account.officer_forms import ConfirmForm
from app.account.routes import blueprint
from app.errors import Refused, sentence
from app.models import Member
from app.policy import Action, requires

# Before the names of this page's own fields; all others belong to the form it came between.
PREFIX = "confirm-"


class Asks(NamedTuple):
    """What somebody can show: a code of an app, a passphrase, a passkey."""

    code: bool
    passphrase: bool
    passkey: bool


@blueprint.route("/account/confirm", methods=["GET", "POST"])
@requires(Action.PROVE)
def confirm() -> ResponseReturnValue:
    way = way_back.read(request.args.get("to", ""), current_user.get_id())
    if way is None or not _has_proofs():
        abort(404)
    if PREFIX + "asked" not in request.form:
        return _page(ConfirmForm(formdata=None, prefix=PREFIX))
    form = ConfirmForm(prefix=PREFIX)
    if not (form.validate() and _is_proved(form)):
        return _page(form), 422
    held = db.session()
    visitor.confirm(held, current_user, db.clock(held))
    return redirect(way.address, 307 if way.repeats else 303)


def _has_proofs() -> bool:
    """Whether there is something to show: members may have it, invented officers never."""
    person = current_user.person
    if isinstance(person, Member):
        return card_protection.is_on(db.session(), person)
    return current_user.is_guarded


def _is_proved(form: ConfirmForm) -> bool:
    """Whether a passkey answered or what was typed is right; the form says what is wrong."""
    if form.answer.data:
        return _passkey_answered(form)
    person, asks = current_user.person, _asks(db.session())
    typed, code = form.passphrase.data or "", form.code.data or ""
    if asks.passphrase and asks.code:
        is_right = proving.by_passphrase_and_code(person, typed, code)
        fault = _("Passphrase oder Code stimmt nicht. Jeder Code geht nur einmal.")
    elif asks.passphrase:
        is_right, fault = proving.by_own_passphrase(person, typed), sentence("proof_wrong", {})
    else:
        is_right = asks.code and proving.by_code(person, code)
        fault = _("Dieser Code stimmt nicht oder wurde schon benutzt.")
    if not is_right:
        form.form_errors.append(fault)
    return is_right


def _passkey_answered(form: ConfirmForm) -> bool:
    held = db.begin_write()
    try:
        passkey.require_own(held, current_user.person, form.answer.data, db.clock(held))
    except Refused as refusal:
        form.form_errors.append(sentence(refusal.code, {}))
        return False
    return True


def _page(form: ConfirmForm) -> str:
    held = db.session()
    kept = [each for each in request.form.items(multi=True) if not each[0].startswith(PREFIX)]
    return render_template(
        "account/confirm.html",
        form=form,
        kept=kept,
        asks=_asks(held),
        options=passkey.confirmation_options(held, current_user.person),
    )


def _asks(held: Session) -> Asks:
    """Officers showed the passphrase when they signed in, members their card alone."""
    person = current_user.person
    own = access.of(held, person)
    has_passphrase = isinstance(person, Member) and own.passphrase_since is not None
    return Asks(bool(own.app_since), has_passphrase, bool(own.passkeys))
