"""What waits for this person's agreement, and stopping a card that nobody asked them about."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import col, update

from app import db
from app import second_person as requests
from app.account import own
from app.account.routes import blueprint
from app.models import Confirmation, Member, Officer
from app.policy import Action, requires
from app.round import due_entries


@blueprint.get("/account/second-person")
@requires(Action.CONFIRM)
def second_person() -> ResponseReturnValue:
    held = db.session()
    person, now = current_user.person, db.clock(held)
    found = requests.waiting_for(held, person, now)
    return render_template(
        "account/second_person.html",
        waiting=[
            (each, held.get_one(Officer, each.requested_by), requests.about(held, each))
            for each in found
        ],
        entries=due_entries.for_member(held, person, now) if isinstance(person, Member) else [],
    )


@blueprint.post("/account/card-requests/<int:confirmation_id>/stop")
@requires(Action.STOP_OWN_CARD)
def stop_card(confirmation_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    now = db.clock(held)
    shown = own.card_notices(held, current_user.person, now)
    if confirmation_id not in {each.id for each in shown}:
        abort(404)
    won = held.exec(
        update(Confirmation)
        .where(col(Confirmation.id) == confirmation_id, col(Confirmation.done_at).is_(None))
        .values(objected_at=now)
    )
    if won.rowcount:
        flash(_("Gestoppt. Ihre Karte gilt weiter."))
    else:
        flash(_("Die Karte ist schon ersetzt. Sagen Sie es sofort dem QM-Team."))
    return redirect(url_for("account.index"), 303)
