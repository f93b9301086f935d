"""Officers correct their own name and address, and leave for good."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import db, language, officer_erasure, visitor
from app.account import known_device, officer_entry, proving
from app.account.own_forms import NewMailForm, OwnEntryForm
from app.account.routes import blueprint
from app.errors import Refused, sentence
from app.models import Officer
from app.policy import Action, requires


@blueprint.route("/account/entry", methods=["GET", "POST"])
@requires(Action.CORRECT_OWN_ENTRY)
def own_entry() -> ResponseReturnValue:
    form = OwnEntryForm(obj=current_user.person)
    if not form.is_submitted():
        return render_template("account/own_entry.html", form=form)
    if not form.validate():
        return render_template("account/own_entry.html", form=form), 422
    held = db.begin_write()
    officer, now = _self(held), db.clock(held)
    if form.name.data != officer.name:
        officer_entry.rename(held, officer, form.name.data, now)
        flash(_("Der Name ist gespeichert. Das QM-Team bekommt eine Nachricht."))
    if form.mail.data != (officer.mail or ""):
        officer_entry.ask_for_mail(held, officer, form.mail.data, now)
        flash(
            _("Die neue Adresse gilt, sobald Sie den Link öffnen, den wir dorthin geschickt haben.")
        )
    return redirect(url_for(".index"), 303)


@blueprint.get("/account/entry/mail")
@requires(Action.CORRECT_OWN_ENTRY)
def new_mail() -> ResponseReturnValue:
    token = request.args.get("token", "")
    if not token:
        return redirect(url_for(".own_entry"), 303)
    mail = officer_entry.asked_mail(current_user.person, token)
    return render_template("account/new_mail.html", form=NewMailForm(token=token), mail=mail)


@blueprint.post("/account/entry/mail")
@requires(Action.CORRECT_OWN_ENTRY)
def take_new_mail() -> ResponseReturnValue:
    held = db.begin_write()
    officer = _self(held)
    token = NewMailForm().token.data or ""
    officer_entry.take_mail(held, officer, token, current_user.get_id(), db.clock(held))
    known_device.remember(proving.own_subject(officer))
    flash(_("Die neue Adresse gilt. Damit melden Sie sich ab jetzt an."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/account/entry/leave")
@requires(Action.CORRECT_OWN_ENTRY)
def leaving_team() -> str:
    code = officer_erasure.obstacle(db.session(), current_user.person)
    obstacle = sentence(code, {}) if code else None
    return render_template("account/leave_team.html", obstacle=obstacle)


@blueprint.post("/account/entry/leave")
@requires(Action.CORRECT_OWN_ENTRY)
def leave_team() -> ResponseReturnValue:
    held = db.begin_write()
    officer, now = _self(held), db.clock(held)
    obstacle = officer_erasure.obstacle(held, officer)
    if obstacle:
        raise Refused(obstacle)
    _say_goodbye(held, officer)
    visitor.sign_out(held, current_user, now)
    officer_erasure.leave(held, officer, now)
    return redirect(url_for(".left_team"), 303)


@blueprint.get("/account/entry/left")
@requires(Action.ENTER)
def left_team() -> str:
    return render_template("account/left_team.html")


def _say_goodbye(held: Session, officer: Officer) -> None:
    """The team learns who is gone, so that somebody takes over."""
    with force_locale(language.locale(language.DEFAULT)):
        subject = _("Jemand hat das QM-Team oder die Begleitung verlassen")
        body = _(
            "Guten Tag,\n\n"
            "%(name)s hat den eigenen Zugang zu Kiezvotum beendet. Wer übernimmt die Aufgaben?\n",
            name=officer.name,
        )
    officer_entry.tell_teams(held, officer, subject, body, db.clock(held))


def _self(held: Session) -> Officer:
    return held.get_one(Officer, current_user.person_id)
