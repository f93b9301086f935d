"""The entrance: links, the own account, signing out."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import counting_commission, db, visitor
from app.account import device, entering, notice, noting, own
from app.policy import Action, requires
from app.round import releasing

blueprint = Blueprint("account", __name__)
blueprint.add_app_template_global(device.name, "device_name")


@blueprint.get("/anmelden/<token>")
@requires(Action.ENTER)
def link(token: str) -> ResponseReturnValue:
    person, area = entering.require_link(token)
    is_other = current_user.is_authenticated and not entering.is_signed_in_as(person)
    return render_template("account/link.html", person=person, area=area, is_other=is_other)


@blueprint.post("/anmelden/<token>")
@requires(Action.ENTER)
def follow_link(token: str) -> ResponseReturnValue:
    person, _area = entering.require_link(token)
    held = db.begin_write()
    entering.enter_by_link(held, person, db.clock(held))
    return redirect(entering.landing(person), 303)


@blueprint.get("/account/")
@requires(Action.USE_OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    held = db.session()
    now = db.clock(held)
    return render_template(
        "account/index.html",
        devices=device.live(held, current_user.person, now),
        memberships=own.memberships(held, current_user.person, now),
        card_notices=own.card_notices(held, current_user.person, now),
        key_parts=counting_commission.held_by(held, current_user.person),
        to_count=releasing.waiting_for(held, current_user.person),
        is_trustee=own.is_trustee(held, current_user.person),
        wish=own.wish(held, current_user.person),
        events=noting.of(held, current_user.person),
        notices=notice.newest(held, current_user.person),
    )


@blueprint.post("/account/sign-out")
@requires(Action.LEAVE)
def sign_out() -> ResponseReturnValue:
    held = db.begin_write()
    visitor.sign_out(held, current_user, db.clock(held))
    return redirect(url_for("public.start"), 303)


@blueprint.post("/account/devices/<id_hash>/sign-out")
@requires(Action.STOP_DEVICES)
def sign_device_out(id_hash: str) -> ResponseReturnValue:
    held = db.begin_write()
    if not device.end(held, current_user.person, id_hash, db.clock(held)):
        abort(404)
    flash(_("Das Gerät ist abgemeldet."))
    return redirect(url_for("account.index"), 303)
