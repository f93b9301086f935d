"""More protection: a member adds and removes what new devices must show, and deletes the copy."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import alias, db, visitor
from app.account import access, enrolling, kept_passphrase, noting, own, passkey, passphrase
from app.account import protection as protections
from app.account.officer_forms import NewPasskeyForm, PassphraseForm
from app.account.routes import blueprint
from app.models import Member, Passkey
from app.policy import Action, requires


@blueprint.get("/account/protection")
@requires(Action.CHANGE_PROTECTION)
def protection() -> ResponseReturnValue:
    return _page(NewPasskeyForm(formdata=None))


@blueprint.route("/account/protection/passphrase", methods=["GET", "POST"])
@requires(Action.CHANGE_PROTECTION)
def protect_by_passphrase() -> ResponseReturnValue:
    area = current_user.area
    form = PassphraseForm([current_user.person.name, area.name, area.bezirk])
    if not form.validate_on_submit():
        page = render_template("account/protect_by_passphrase.html", form=form)
        return (page, 422) if form.is_submitted() else page
    db.end_read()
    verifier = passphrase.digest(form.passphrase.data)
    held = db.begin_write()
    kept_passphrase.keep(held, _member(), verifier, db.clock(held))
    _settle(held, "passphrase_set")
    flash(_("Neue Geräte brauchen jetzt auch Ihre Passphrase."))
    return redirect(url_for("account.protection"), 303)


@blueprint.get("/account/protection/passphrase/remove")
@requires(Action.CHANGE_PROTECTION)
def removing_passphrase() -> ResponseReturnValue:
    if kept_passphrase.of(db.session(), _member()) is None:
        return redirect(url_for("account.protection"), 303)
    return render_template(
        "account/remove_protection.html",
        question=_("Passphrase entfernen?"),
        label=_("Passphrase entfernen"),
        address=url_for("account.remove_passphrase"),
    )


@blueprint.post("/account/protection/passphrase/remove")
@requires(Action.CHANGE_PROTECTION)
def remove_passphrase() -> ResponseReturnValue:
    held = db.begin_write()
    stored = kept_passphrase.of(held, _member())
    if stored is not None:
        held.delete(stored)
        _settle(held, "passphrase_removed")
    flash(_("Die Passphrase ist entfernt."))
    return redirect(url_for("account.protection"), 303)


@blueprint.post("/account/protection/passkeys")
@requires(Action.CHANGE_PROTECTION)
def protect_by_passkey() -> ResponseReturnValue:
    form = NewPasskeyForm()
    if not form.validate():
        return _page(form), 422
    held = db.begin_write()
    passkey.add(held, _member(), form.answer.data or "", form.name.data, db.clock(held))
    _settle(held, "passkey_added")
    flash(_("Neue Geräte brauchen jetzt auch Ihren Passkey."))
    return redirect(url_for("account.protection"), 303)


@blueprint.get("/account/protection/passkeys/<key_id>/remove")
@requires(Action.CHANGE_PROTECTION)
def removing_own_passkey(key_id: str) -> ResponseReturnValue:
    key = _own_passkey(db.session(), key_id)
    return render_template(
        "account/remove_protection.html",
        question=_("Passkey „%(name)s“ entfernen?", name=key.name),
        label=_("Passkey entfernen"),
        address=url_for("account.remove_own_passkey", key_id=key.id),
    )


@blueprint.post("/account/protection/passkeys/<key_id>/remove")
@requires(Action.CHANGE_PROTECTION)
def remove_own_passkey(key_id: str) -> ResponseReturnValue:
    held = db.begin_write()
    held.delete(_own_passkey(held, key_id))
    _settle(held, "passkey_removed")
    flash(_("Der Passkey ist entfernt."))
    return redirect(url_for("account.protection"), 303)


@blueprint.get("/account/protection/copy/delete")
@requires(Action.CHANGE_PROTECTION)
def deleting_copy() -> ResponseReturnValue:
    return render_template("account/delete_copy.html")


@blueprint.post("/account/protection/copy/delete")
@requires(Action.CHANGE_PROTECTION)
def delete_copy() -> ResponseReturnValue:
    held = db.begin_write()
    enrolling.delete_copies(held, _member())
    noting.tell(held, _member(), "copy_deleted", db.clock(held))
    flash(_("Die Kopie ist gelöscht. Neue Geräte brauchen jetzt Ihren Notfall-Code."))
    return redirect(url_for("account.protection"), 303)


@blueprint.get("/account/code")
@requires(Action.VOTE)
def voting_code() -> ResponseReturnValue:
    held = db.session()
    keys = own.keys(held, _member(), db.clock(held))
    return render_template("account/voting_code.html", keys=keys, alias=alias.of(_member()))


def _settle(held: Session, change: str) -> None:
    """Tell the member; whoever changed it has just shown who this is, or set the first one up."""
    now = db.clock(held)
    held.flush()
    noting.tell(held, _member(), change, now)
    if not access.of(held, _member()).is_complete:
        _member().has_access = False
    visitor.confirm(held, current_user, now)


def _page(form: NewPasskeyForm) -> str:
    held = db.session()
    return render_template(
        "account/protection.html",
        form=form,
        protection=protections.of(held, _member()),
        options=passkey.creation_options(held, _member()),
        has_copy=enrolling.has_copy(held, _member()),
    )


def _own_passkey(held: Session, key_id: str) -> Passkey:
    found = next((each for each in passkey.of(held, _member()) if each.id == key_id), None)
    return found or abort(404)


def _member() -> Member:
    return current_user.person
