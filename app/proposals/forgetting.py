"""The name of an applicant goes, when the applicant wants it to; the proposal stays.

The team does it on request, the applicant by the own link, which ends with it.
"""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import application, db, erasure, setback
from app.body import day_of
from app.errors import Refused
from app.models import Area, Proposal
from app.own_row import load
from app.policy import Action, requires
from app.proposals.routes import blueprint


@blueprint.get("/<int:proposal_id>/applicant/forget")
@requires(Action.EDIT_PROPOSALS)
def forgetting_applicant(proposal_id: int) -> str:
    found = load(db.session(), Proposal, proposal_id)
    return render_template("proposals/forget_applicant.html", proposal=found)


@blueprint.post("/<int:proposal_id>/applicant/forget")
@requires(Action.EDIT_PROPOSALS)
def forget_applicant(proposal_id: int) -> Response:
    held = db.begin_write()
    found = load(held, Proposal, proposal_id, lock=True)
    if found.applicant_removed_on:
        raise Refused("already_done")
    erasure.forget_applicant(held, found, day_of(db.clock(held)))
    flash(_("Der Name steht nicht mehr im Antrag und nicht mehr auf der öffentlichen Seite."))
    return redirect(url_for(".proposal", proposal_id=found.id), 303)


@blueprint.get("/link/<token>/forget")
@requires(Action.CORRECT_OWN_PROPOSAL)
def forgetting_me(token: str) -> str:
    held = db.session()
    found = application.require(held, token)
    return render_template(
        "proposals/forget_me.html", proposal=found, area=held.get_one(Area, found.area_id)
    )


@blueprint.post("/link/<token>/forget")
@requires(Action.CORRECT_OWN_PROPOSAL)
def forget_me(token: str) -> Response:
    held = db.begin_write()
    found = application.require(held, token)
    setback.require_none(held.get_one(Area, found.area_id))
    erasure.forget_applicant(held, found, day_of(db.clock(held)))
    return redirect(url_for(".forgotten"), 303)


@blueprint.get("/forgotten")
@requires(Action.ENTER)
def forgotten() -> str:
    return render_template("proposals/forgotten.html")
