"""Setting up and changing the own access: passphrase, app, passkeys, recovery codes."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import db, visitor
from app.account import access as accesses
from app.account import (
    kept_passphrase,
    known_device,
    noting,
    passkey,
    passphrase,
    proving,
    recovery,
    second_factor,
)
from app.account.officer_forms import CodeForm, NewPasskeyForm, PassphraseForm
from app.account.routes import blueprint
from app.errors import Refused
from app.models import Passkey
from app.policy import Action, requires


@blueprint.get("/account/access")
@requires(Action.SET_UP_ACCESS)
def access() -> ResponseReturnValue:
    _require_real()
    return _page(NewPasskeyForm(formdata=None))


@blueprint.route("/account/access/passphrase", methods=["GET", "POST"])
@requires(Action.SET_UP_ACCESS)
def set_passphrase() -> ResponseReturnValue:
    _require_real()
    person, area = current_user.person, current_user.area
    form = PassphraseForm([person.name, _login(), area.name, area.bezirk])
    if not form.is_submitted():
        return render_template("account/passphrase.html", form=form)
    if not form.validate():
        return render_template("account/passphrase.html", form=form), 422
    db.end_read()
    verifier = passphrase.digest(form.passphrase.data)
    held = db.begin_write()
    kept_passphrase.keep(held, current_user.person, verifier, db.clock(held))
    has_app = second_factor.confirmed_at(held, current_user.person)
    if not has_app:
        second_factor.start(held, current_user.person)
    _settle(held, "passphrase_set")
    flash(_("Die Passphrase ist gespeichert."))
    return redirect(url_for("account.access" if has_app else "account.set_up_app"), 303)


@blueprint.post("/account/access/app/start")
@requires(Action.SET_UP_ACCESS)
def start_app() -> ResponseReturnValue:
    _require_real()
    second_factor.start(db.begin_write(), current_user.person)
    return redirect(url_for("account.set_up_app"), 303)


@blueprint.route("/account/access/app", methods=["GET", "POST"])
@requires(Action.SET_UP_ACCESS)
def set_up_app() -> ResponseReturnValue:
    _require_real()
    secret = second_factor.started(db.session(), current_user.person)
    if secret is None:
        return redirect(url_for("account.access"), 303)
    form = CodeForm()
    if form.is_submitted() and form.validate():
        held = db.begin_write()
        now = db.clock(held)
        if second_factor.confirm(held, current_user.person, form.code.data, now):
            return _on_to_codes(held, "app_set_up")
        form.form_errors.append(_("Dieser Code stimmt nicht. Die App zeigt gleich einen neuen."))
    shown = second_factor.picture(secret, _login() or current_user.person.name)
    page = render_template("account/app.html", form=form, secret=secret, picture=shown)
    return (page, 422) if form.is_submitted() else page


@blueprint.post("/account/access/passkeys")
@requires(Action.SET_UP_ACCESS)
def add_passkey() -> ResponseReturnValue:
    _require_real()
    form = NewPasskeyForm()
    if not form.validate():
        return _page(form), 422
    held = db.begin_write()
    passkey.add(held, current_user.person, form.answer.data or "", form.name.data, db.clock(held))
    return _on_to_codes(held, "passkey_added")


@blueprint.get("/account/access/passkeys/<key_id>/remove")
@requires(Action.SET_UP_ACCESS)
def removing_passkey(key_id: str) -> ResponseReturnValue:
    key, is_needed = _own_passkey(db.session(), key_id)
    return render_template("account/remove_passkey.html", key=key, is_needed=is_needed)


@blueprint.post("/account/access/passkeys/<key_id>/remove")
@requires(Action.SET_UP_ACCESS)
def remove_passkey(key_id: str) -> ResponseReturnValue:
    held = db.begin_write()
    key, is_needed = _own_passkey(held, key_id)
    if is_needed:
        raise Refused("last_way_in")
    held.delete(key)
    _settle(held, "passkey_removed")
    flash(_("Der Passkey ist entfernt."))
    return redirect(url_for("account.access"), 303)


@blueprint.get("/account/access/codes")
@requires(Action.SET_UP_ACCESS)
def recovery_codes() -> ResponseReturnValue:
    _require_real()
    left = recovery.left(db.session(), current_user.person)
    return render_template("account/recovery_codes.html", left=left)


@blueprint.post("/account/access/codes")
@requires(Action.SET_UP_ACCESS)
def make_recovery_codes() -> ResponseReturnValue:
    """Answer with the codes themselves: stored as digests, they cannot be shown by a GET."""
    _require_real()
    held = db.begin_write()
    codes = recovery.renew(held, current_user.person)
    noting.note(held, current_user.person, "recovery_codes_made", db.clock(held))
    return render_template("account/new_codes.html", codes=codes)


def _page(form: NewPasskeyForm) -> str:
    held = db.session()
    return render_template(
        "account/access.html",
        form=form,
        access=accesses.of(held, current_user.person),
        options=passkey.creation_options(held, current_user.person),
    )


def _settle(held: Session, change: str) -> None:
    """After a change other sessions end, this one gets a new id, and the officer is told."""
    now = db.clock(held)
    write = noting.tell if current_user.person.has_access else noting.note
    write(held, current_user.person, change, now)
    accesses.renew(held, current_user.person, current_user.get_id(), now)
    visitor.confirm(held, current_user, now)
    known_device.remember(proving.own_subject(current_user.person))


def _on_to_codes(held: Session, change: str) -> ResponseReturnValue:
    """A way in is set up; whoever has no recovery codes gets some next."""
    _settle(held, change)
    flash(_("Ihr Zugang ist eingerichtet."))
    has_codes = recovery.left(held, current_user.person)
    return redirect(url_for("account.access" if has_codes else "account.recovery_codes"), 303)


def _own_passkey(held: Session, key_id: str) -> tuple[Passkey, bool]:
    """A passkey of this officer, and whether there would be no way in without it."""
    access = accesses.of(held, current_user.person)
    key = next((each for each in access.passkeys if each.id == key_id), None)
    if key is None:
        abort(404)
    return key, not access.is_complete_without(key_id)


def _require_real() -> None:
    """Invented people enter by their link alone and have nothing to set up."""
    if current_user.person.is_demo:
        abort(404)


def _login() -> str:
    """What an officer signs in with; members sign in with a card."""
    return getattr(current_user.person, "login", None) or ""
