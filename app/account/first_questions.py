"""Asked once, after the first receipt, one question a page: name, e-mail, recovery code."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import db, second_person
from app.account.forms import OwnMailForm, OwnNameForm
from app.account.routes import blueprint
from app.models import Member
from app.policy import Action, requires


@blueprint.route("/account/first/name", methods=["GET", "POST"])
@requires(Action.VOTE)
def first_name() -> ResponseReturnValue:
    form = OwnNameForm(obj=current_user.person)
    if not form.validate_on_submit():
        page = render_template("account/first_name.html", form=form)
        return (page, 422) if form.is_submitted() else page
    _asked().name = form.name.data
    return redirect(url_for("account.first_mail"), 303)


@blueprint.route("/account/first/mail", methods=["GET", "POST"])
@requires(Action.VOTE)
def first_mail() -> ResponseReturnValue:
    form = OwnMailForm(obj=current_user.person)
    if "without" in request.form:
        _asked()
    elif form.validate_on_submit():
        _asked().mail = form.mail.data
    else:
        page = render_template("account/first_mail.html", form=form)
        return (page, 422) if form.is_submitted() else page
    return redirect(url_for("account.voting_code"), 303)


def _asked() -> Member:
    """The member, who is not asked again whatever the answer was."""
    held = db.begin_write()
    second_person.require_none(held, current_user.person, db.clock(held))
    member = held.get_one(Member, current_user.person_id)
    member.was_asked = True
    return member
