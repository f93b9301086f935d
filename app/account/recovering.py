"""Getting in with a recovery code; the access is set up anew before anything else."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import db
from app.account import access, entering, noting, proving
from app.account.officer_forms import RecoveryForm
from app.account.routes import blueprint
from app.policy import Action, requires


@blueprint.route("/account/recovery", methods=["GET", "POST"])
@requires(Action.ENTER)
def recover() -> ResponseReturnValue:
    form = RecoveryForm()
    if not form.is_submitted():
        return render_template("account/recovery.html", form=form)
    officer = None
    if form.validate():
        officer = proving.by_recovery_code(
            form.mail.data, form.passphrase.data or "", form.code.data
        )
        if officer is None:
            form.form_errors.append(_("Das stimmt nicht, oder der Code wurde schon benutzt."))
    if officer is None:
        return render_template("account/recovery.html", form=form), 422
    held = db.session()
    now = db.clock(held)
    access.reset(held, officer, now)
    noting.tell(held, officer, "recovery_used", now)
    entering.enter_by_proof(held, officer, now)
    return redirect(url_for("account.access"), 303)
