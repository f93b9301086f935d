"""Handing the area over: the checklist, the second person's page, and taking it back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from app import db, second_person
from app.account import handover as handovers
from app.account.handover_form import HandoverForm, UndoForm
from app.account.routes import blueprint
from app.body import day_of
from app.models import Confirmation, Handover
from app.policy import Action, requires


@blueprint.route("/account/handover", methods=["GET", "POST"])
@requires(Action.HAND_OVER_AREA)
def handover() -> ResponseReturnValue:
    held = db.session()
    form = HandoverForm()
    form.today = day_of(db.clock(held))
    if not form.is_submitted():
        return _page(held, form)
    if not form.validate():
        return _page(held, form), 422
    held = db.begin_write()
    handovers.ask(held, form.plan, current_user.person, db.clock(held))
    return redirect(url_for(".handover"), 303)


@blueprint.get("/account/handover/requests/<int:confirmation_id>")
@requires(Action.CONFIRM)
def agree_handover(confirmation_id: int) -> ResponseReturnValue:
    held = db.session()
    asked = _asked(held, confirmation_id)
    shown = held.get_one(Handover, asked.handover_id)
    return render_template(
        "account/agree_handover.html",
        asked=asked,
        handover=shown,
        left=handovers.left(held, shown.area_id, shown.team),
    )


@blueprint.post("/account/handover/requests/<int:confirmation_id>")
@requires(Action.CONFIRM)
def agree_handover_now(confirmation_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    asked = _asked(held, confirmation_id)
    confirm = handovers.undo if asked.act == handovers.UNDO else handovers.confirm
    confirm(held, asked, current_user.person, db.clock(held))
    flash(_("Bestätigt. Danke, dass Sie mit hingesehen haben."))
    return redirect(url_for(".second_person"), 303)


@blueprint.route("/account/handover/undo", methods=["GET", "POST"])
@requires(Action.HAND_OVER_AREA)
def undo_handover() -> ResponseReturnValue:
    held = db.session()
    form = UndoForm()
    if not form.validate_on_submit():
        page = render_template("account/undo_handover.html", form=form, handover=_agreed(held))
        return (page, 422) if form.is_submitted() else page
    held = db.begin_write()
    reason = form.reason.data or ""
    handovers.ask_to_undo(held, _agreed(held), reason, current_user.person, db.clock(held))
    return redirect(url_for(".handover"), 303)


def _asked(held: Session, confirmation_id: int) -> Confirmation:
    """A request about handing over that is this person's business; others are not found."""
    waiting = second_person.waiting_for(held, current_user.person, db.clock(held))
    found = (each for each in waiting if each.id == confirmation_id and each.handover_id)
    return next(found, None) or abort(404)


def _agreed(held: Session) -> Handover:
    return handovers.agreed(held, current_user.area_id) or abort(404)


def _page(held: Session, form: HandoverForm) -> str:
    now = db.clock(held)
    pending = handovers.asked(held, current_user.area_id, now)
    waiting = held.get_one(Handover, pending.handover_id) if pending else None
    shown = handovers.agreed(held, current_user.area_id) or waiting
    return render_template(
        "account/handover.html",
        form=form,
        pending=pending,
        undoing=handovers.asked(held, current_user.area_id, now, handovers.UNDO),
        handover=shown,
        left=handovers.left(held, current_user.area_id, shown.team if shown else []),
    )
