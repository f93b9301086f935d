"""Applicants see their own proposal by a link and correct it until a vote is announced."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from app import application, archive, db, rich_text, setback
from app.models import Area, Proposal
from app.policy import Action, requires
from app.proposals import editing
from app.proposals.forms import OwnProposalForm
from app.proposals.routes import (
    blueprint,
    cost_items,
    draft_of,
    is_about_rows,
    offer_goals,
    typed,
)


@blueprint.route("/link/<token>", methods=["GET", "POST"])
@requires(Action.CORRECT_OWN_PROPOSAL)
def own(token: str) -> ResponseReturnValue:
    held = db.session()
    found = application.require(held, token)
    form = OwnProposalForm(data=typed(held, found))
    offer_goals(held, form, found.area_id, found)
    if is_about_rows(form) or not form.is_submitted():
        return _page(held, found, form)
    if not form.validate():
        return _page(held, found, form), 422
    held = db.begin_write()
    found = application.require(held, token)
    _require_open(held.get_one(Area, found.area_id))
    editing.change(held, found, draft_of(form, found))
    flash(_("Die Änderungen sind gespeichert."))
    return redirect(url_for(".own", token=token), 303)


def _require_open(area: Area) -> None:
    archive.require_open(area)
    setback.require_none(area)


def _page(held: Session, found: Proposal, form: OwnProposalForm) -> str:
    return render_template(
        "proposals/own.html",
        proposal=found,
        area=held.get_one(Area, found.area_id),
        cost_items=cost_items(held, found),
        is_fixed=editing.fixing_round(held, found) is not None,
        rich=rich_text.render,
        form=form,
    )
