"""The member corrects what is noted, and gives or withdraws the consent to be named."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import consent, db, second_person
from app.account.own_forms import OwnForm
from app.account.routes import blueprint
from app.models import Member
from app.policy import Action, requires


@blueprint.route("/account/details", methods=["GET", "POST"])
@requires(Action.OWN_DATA)
def details() -> str | Response | tuple[str, int]:
    form = OwnForm(obj=current_user.person)
    if not form.is_submitted():
        return render_template("account/details.html", form=form)
    if not form.validate():
        return render_template("account/details.html", form=form), 422
    held = db.begin_write()
    second_person.require_none(held, current_user.person, db.clock(held))
    member = held.get_one(Member, current_user.person_id)
    member.name, member.mail = form.name.data, form.mail.data or None
    member.language = form.language.data
    consent.set_for(held, member, may_be_named=form.may_be_named.data)
    flash(_("Die Angaben sind gespeichert."))
    return redirect(url_for(".index"), 303)
