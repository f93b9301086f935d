"""What a trustee who is a member shows beside the card: where it stands, and a recovery code."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import db, visitor
from app.account import access as accesses
from app.account import noting, own, proving
from app.account.officer_forms import OwnRecoveryForm
from app.account.routes import blueprint
from app.models import Member, UserSession
from app.policy import Action, requires


@blueprint.get("/account/trustee")
@requires(Action.USE_OWN_ACCOUNT)
def trustee() -> str:
    held = db.session()
    return render_template(
        "account/trustee.html",
        is_trustee=own.is_trustee(held, current_user.person),
        access=accesses.of(held, current_user.person),
        is_invited=current_user.is_invited(db.clock(held)),
    )


@blueprint.route("/account/trustee/recovery", methods=["GET", "POST"])
@requires(Action.PROVE)
def recover_as_trustee() -> ResponseReturnValue:
    """A recovery code opens the way to set the access up again, on this device."""
    member = current_user.person
    if not own.is_trustee(db.session(), member):
        return redirect(url_for("account.trustee"), 303)
    form = OwnRecoveryForm()
    if not form.is_submitted():
        return render_template("account/trustee_recovery.html", form=form)
    if not (form.validate() and _is_proved(member, form)):
        return render_template("account/trustee_recovery.html", form=form), 422
    held = db.session()
    now = db.clock(held)
    accesses.reset(held, member, now, current_user.get_id())
    noting.tell(held, member, "recovery_used", now)
    held.get_one(UserSession, current_user.get_id()).invited_at = now
    held.flush()
    visitor.confirm(held, current_user, now)
    return redirect(url_for("account.access"), 303)


def _is_proved(member: Member, form: OwnRecoveryForm) -> bool:
    typed = form.passphrase.data or "", form.code.data or ""
    is_right = proving.by_own_recovery_code(member, *typed)
    if not is_right:
        form.form_errors.append(_("Das stimmt nicht, oder der Code wurde schon benutzt."))
    return is_right
