"""The list "Nachrichten": nobody needs a mail address to hear what was decided."""

from flask import render_template
from flask_login import current_user

from app import db
from app.account import notice
from app.account.routes import blueprint
from app.policy import Action, requires


@blueprint.get("/account/notices")
@requires(Action.OWN_DATA)
def notices() -> str:
    found = notice.of(db.session(), current_user.person)
    return render_template("account/notices.html", notices=found)
