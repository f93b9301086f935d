"""Getting in with a recovery code; the access is set up anew before anything else."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session

from app import db, language, outbox
from app.account import access, entering, proving
from app.account.officer_forms import RecoveryForm
from app.account.routes import blueprint
from app.models import Officer
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
    _tell(held, officer)
    entering.enter_by_proof(held, officer, now)
    return redirect(url_for("account.access"), 303)


def _tell(held: Session, officer: Officer) -> None:
    with force_locale(language.locale(language.DEFAULT)):
        subject = _("Ein Notfall-Code wurde benutzt")
        body = _(
            "Guten Tag,\n\n"
            "jemand hat sich mit einem Ihrer Notfall-Codes angemeldet. Waren Sie das?\n\n"
            "Wenn nicht: Sagen Sie es sofort der Verwaltung Ihres QM-Teams. Sie kann Ihren Zugang"
            " beenden.\n"
        )
    if officer.mail:
        outbox.send(held, officer.mail, subject, body, db.clock(held))
