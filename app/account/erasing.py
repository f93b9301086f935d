"""The member asks to be forgotten, sees before what goes and what stays, and may take it back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import db, erasure, visitor
from app.account.routes import blueprint
from app.body import day_of
from app.errors import Refused
from app.models import Erasure, Member
from app.policy import Action, requires


@blueprint.get("/account/erase")
@requires(Action.OWN_DATA)
def erase() -> str:
    held = db.session()
    return render_template(
        "account/erase.html",
        wish=held.get(Erasure, current_user.person_id),
        needed_until=erasure.needed_until(held, current_user.person, day_of(db.clock(held))),
    )


@blueprint.post("/account/erase")
@requires(Action.OWN_DATA)
def erase_now() -> Response | str:
    held = db.begin_write()
    now = db.clock(held)
    wish = erasure.ask(held, held.get_one(Member, current_user.person_id), now)
    if wish is None:
        visitor.sign_out(held, current_user, now)
        return redirect(url_for(".erased"), 303)
    flash(_("Ihr Wunsch ist eingetragen. Was schon gehen konnte, ist gelöscht."))
    return redirect(url_for(".erase"), 303)


@blueprint.post("/account/erase/take-back")
@requires(Action.OWN_DATA)
def keep_data() -> Response:
    held = db.begin_write()
    if not erasure.take_back(held, held.get_one(Member, current_user.person_id)):
        raise Refused("already_done")
    flash(_("Ihr Name bleibt. Was schon gelöscht ist, kommt nicht wieder."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/account/erased")
@requires(Action.ENTER)
def erased() -> str:
    return render_template("account/erased.html")
