"""A grant ends before it is needed, is settled by its receipts, or is completed."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, granting
from app.errors import Refused
from app.models import Grant, Proposal
from app.money.forms import EndForm, SettleForm
from app.money.routes import blueprint
from app.own_row import load
from app.policy import Action, requires


@blueprint.route("/grants/<int:grant_id>/end", methods=["GET", "POST"])
@requires(Action.SETTLE_GRANTS)
def end_grant(grant_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Grant, grant_id)
    form = EndForm()
    if not form.is_submitted():
        return _page(held, "money/end_grant.html", found, form)
    if not form.validate():
        return _page(held, "money/end_grant.html", found, form), 422
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    granting.end(held, found, form.act.data, db.clock(held), form.reason.data)
    flash(_("Das Geld ist wieder frei."))
    return redirect(url_for(".show_grant", grant_id=found.id), 303)


@blueprint.route("/grants/<int:grant_id>/settle", methods=["GET", "POST"])
@requires(Action.SETTLE_GRANTS)
def settle_grant(grant_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Grant, grant_id)
    form = SettleForm()
    if not form.is_submitted():
        return _page(held, "money/settle_grant.html", found, form)
    if not form.validate():
        return _page(held, "money/settle_grant.html", found, form), 422
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    granting.settle(held, found, form.cents.cents, db.clock(held))
    flash(_("Der Antrag ist abgerechnet. Was nicht gebraucht wurde, ist wieder frei."))
    return redirect(url_for(".show_grant", grant_id=found.id), 303)


@blueprint.get("/grants/<int:grant_id>/complete")
@requires(Action.SETTLE_GRANTS)
def completing_grant(grant_id: int) -> str:
    held = db.session()
    found = load(held, Grant, grant_id)
    if not granting.may_complete(held, found):
        raise Refused("not_completed")
    proposal = held.get_one(Proposal, found.proposal_id)
    return render_template("money/complete_grant.html", grant=found, proposal=proposal)


@blueprint.post("/grants/<int:grant_id>/complete")
@requires(Action.SETTLE_GRANTS)
def complete_grant(grant_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Grant, grant_id, lock=True)
    granting.complete(held, found, db.clock(held))
    flash(_("Die Bewilligung ist abgeschlossen."))
    return redirect(url_for(".show_grant", grant_id=found.id), 303)


def _page(held: Session, template: str, found: Grant, form: FlaskForm) -> str:
    if found.state != "approved":
        raise Refused("wrong_state")
    proposal = held.get_one(Proposal, found.proposal_id)
    return render_template(template, grant=found, proposal=proposal, form=form)
