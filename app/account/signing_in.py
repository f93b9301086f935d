"""The officers' door: passphrase and code, or a passkey."""

from datetime import UTC, datetime, timedelta

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from app import db
from app.account import entering, known_device, noting, passkey, proving
from app.account.officer_forms import CodeForm, PasskeyForm, SignInForm
from app.account.routes import blueprint
from app.errors import Refused
from app.models import Officer
from app.policy import Action, requires

# What the form session keeps between passphrase and code: who it is and until when.
HALF_WAY = "half_way"
HALF_WAY_LASTS = timedelta(minutes=10)


@blueprint.route("/account/sign-in", methods=["GET", "POST"])
@requires(Action.ENTER)
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.is_submitted():
        return _sign_in_page(form)
    officer = None
    if form.validate():
        officer = proving.by_passphrase(form.mail.data, form.passphrase.data)
        if officer is None:
            form.form_errors.append(_("E-Mail oder Passphrase stimmt nicht."))
    if officer is None:
        return _sign_in_page(form), 422
    until = db.clock(db.session()) + HALF_WAY_LASTS
    session[HALF_WAY] = [officer.id, until.timestamp()]
    return redirect(url_for("account.code"), 303)


@blueprint.route("/account/sign-in/code", methods=["GET", "POST"])
@requires(Action.ENTER)
def code() -> ResponseReturnValue:
    officer = _half_way(db.session())
    if officer is None:
        return redirect(url_for("account.sign_in"), 303)
    form = CodeForm()
    if not form.is_submitted():
        return render_template("account/code.html", form=form)
    if form.validate():
        if proving.by_code(officer, form.code.data):
            return let_in(officer)
        noting.note_refusal(officer, "code_refused")
        form.form_errors.append(_("Dieser Code stimmt nicht oder wurde schon benutzt."))
    return render_template("account/code.html", form=form), 422


@blueprint.post("/account/sign-in/passkey")
@requires(Action.ENTER)
def sign_in_by_passkey() -> ResponseReturnValue:
    form = PasskeyForm()
    held = db.begin_write()
    officer = passkey.owner(held, form.answer.data or "", db.clock(held))
    if officer.ended_at:
        raise Refused("passkey_refused")
    return let_in(officer)


def let_in(officer: Officer) -> ResponseReturnValue:
    """Where every way of an officer ends: a session, a known device, the first page."""
    held = db.session()
    now = db.clock(held)
    entering.enter_by_proof(held, officer, now)
    subject = proving.subject_of(officer.login or "")
    if known_device.of(subject) is None:
        noting.tell(held, officer, "new_device", now)
    known_device.remember(subject)
    return redirect(entering.landing(officer), 303)


def _half_way(held: Session) -> Officer | None:
    """Who has shown the passphrase in this browser just now."""
    officer_id, until = session.get(HALF_WAY) or (None, 0)
    if officer_id is None or datetime.fromtimestamp(until, UTC) <= db.clock(held):
        return None
    officer = held.get(Officer, officer_id)
    return officer if officer and officer.ended_at is None else None


def _sign_in_page(form: SignInForm) -> str:
    return render_template(
        "account/sign_in.html",
        form=form,
        answer=PasskeyForm(formdata=None).answer,
        options=passkey.sign_in_options(),
    )
