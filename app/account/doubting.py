"""A card was used on another device: the member says whose it is."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import card_revoking, db
from app.account import device
from app.account.routes import blueprint
from app.models import Area, Card, UserSession
from app.policy import Action, may, requires


@blueprint.app_template_global()
def doubted_devices() -> list[UserSession]:
    """Devices that this page asks about; what they are called is in `device_name`."""
    if not may(Action.VOTE):
        return []
    held = db.session()
    return device.doubted(held, current_user.person, current_user.get_id(), db.clock(held))


@blueprint.post("/account/devices/<id_hash>/mine")
@requires(Action.VOTE)
def own_device(id_hash: str) -> ResponseReturnValue:
    _doubted(db.begin_write(), id_hash).is_doubted = False
    flash(_("Gut. Wir fragen nach diesem Gerät nicht mehr."))
    return redirect(url_for("account.index"), 303)


@blueprint.get("/account/devices/<id_hash>/not-mine")
@requires(Action.STOP_OWN_CARD)
def disowning_device(id_hash: str) -> ResponseReturnValue:
    row = _doubted(db.session(), id_hash)
    return render_template("account/disown_device.html", device=row, name=device.name(row.device))


@blueprint.post("/account/devices/<id_hash>/not-mine")
@requires(Action.STOP_OWN_CARD)
def disown_device(id_hash: str) -> ResponseReturnValue:
    """End the card and all that it opened; without a session nothing leads back here."""
    held = db.begin_write()
    row = _doubted(held, id_hash)
    card = held.get_one(Card, row.card_id)
    area = held.get_one(Area, card.area_id)
    card_revoking.revoke_cards(held, card.term_id, [card.member_id], db.clock(held))
    return render_template("account/card_ended.html", office=area)


def _doubted(held: Session, id_hash: str) -> UserSession:
    """A device that is asked about, and was entered by a card; others are not there."""
    rows = device.doubted(held, current_user.person, current_user.get_id(), db.clock(held))
    found = next((row for row in rows if row.id_hash == id_hash and row.card_id), None)
    return found or abort(404)
