"""The page of an area whose database is an old one: what is missing, and who lets it go on."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import db, second_person
from app.account import epoch
from app.account.officer_forms import EpochForm
from app.account.routes import blueprint
from app.models import Confirmation
from app.own_row import load
from app.policy import Action, requires


@blueprint.get("/account/set-back")
@requires(Action.USE_OWN_ACCOUNT)
def set_back() -> ResponseReturnValue:
    return _page(EpochForm())


@blueprint.post("/account/set-back")
@requires(Action.RESTORE)
def ask_to_go_on() -> ResponseReturnValue:
    form = EpochForm()
    if not form.validate():
        return _page(form), 422
    held = db.begin_write()
    epoch.ask(held, current_user.person, form.reason.data or "", db.clock(held))
    return redirect(url_for(".set_back"), 303)


@blueprint.post("/account/set-back/<int:confirmation_id>")
@requires(Action.AGREE_RESTORE)
def go_on(confirmation_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    request = load(held, Confirmation, confirmation_id)
    if request.act != "open_epoch":
        abort(404)
    epoch.confirm(held, request, current_user.person, db.clock(held))
    flash(_("Es geht weiter. Das steht jetzt im öffentlichen Beschlussregister."))
    return redirect(url_for(".set_back"), 303)


def _page(form: EpochForm) -> str:
    held = db.session()
    now, area_id = db.clock(held), current_user.area_id
    pending = epoch.asked(held, area_id, now)
    return render_template(
        "account/set_back.html",
        form=form,
        loss=epoch.loss(held, area_id),
        pending=pending,
        is_second=bool(
            pending and second_person.may_confirm(held, pending, current_user.person, now)
        ),
    )
