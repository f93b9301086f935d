"""The link of an invitation: a page with a button, then the access is set up."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.account import entering, inviting
from app.account.routes import blueprint
from app.policy import Action, requires


@blueprint.get("/einladung/<token>")
@requires(Action.ENTER)
def invitation(token: str) -> ResponseReturnValue:
    held = db.session()
    officer, area = inviting.require_invited(held, token, db.clock(held))
    return render_template("account/invitation.html", officer=officer, area=area)


@blueprint.post("/einladung/<token>")
@requires(Action.ENTER)
def accept_invitation(token: str) -> ResponseReturnValue:
    inviting.require_invited(db.session(), token, db.clock(db.session()))
    held = db.begin_write()
    now = db.clock(held)
    officer, _area = inviting.require_invited(held, token, now)
    inviting.accept(held, officer, now)
    entering.enter_by_proof(held, officer, now)
    return redirect(url_for("account.access"), 303)
