"""Asking officers again who they are, before an act, and taking them back to it."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import db, visitor, way_back
from app.account import access, passkey, proving
from app.account.officer_forms import ConfirmForm
from app.account.routes import blueprint
from app.errors import Refused, sentence
from app.policy import Action, requires

# Before the names of this page's own fields; all others belong to the form it came between.
PREFIX = "confirm-"


@blueprint.route("/account/confirm", methods=["GET", "POST"])
@requires(Action.PROVE)
def confirm() -> ResponseReturnValue:
    way = way_back.read(request.args.get("to", ""), current_user.get_id())
    if way is None or not current_user.is_guarded:
        abort(404)
    if PREFIX + "asked" not in request.form:
        return _page(ConfirmForm(formdata=None, prefix=PREFIX))
    form = ConfirmForm(prefix=PREFIX)
    if not (form.validate() and _is_proved(form)):
        return _page(form), 422
    held = db.session()
    visitor.confirm(held, current_user, db.clock(held))
    return redirect(way.address, 307 if way.repeats else 303)


def _is_proved(form: ConfirmForm) -> bool:
    """Whether a passkey answered or the code is right; the form says what is wrong."""
    if form.answer.data:
        return _passkey_answered(form)
    if proving.by_code(current_user.person, form.code.data or ""):
        return True
    form.form_errors.append(_("Dieser Code stimmt nicht oder wurde schon benutzt."))
    return False


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
        access=access.of(held, current_user.person),
        options=passkey.confirmation_options(held, current_user.person),
    )
