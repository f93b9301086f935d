"""Bezirk and Senate state their opinion on a proposal; the members and the QM team read it."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import db
from app.models import Opinion, Proposal
from app.own_row import load
from app.policy import Action, requires
from app.proposals.forms import OpinionForm
from app.proposals.routes import blueprint, page


@blueprint.post("/<int:proposal_id>/opinions")
@requires(Action.STATE_OPINION)
def state_opinion(proposal_id: int) -> Response | tuple[str, int]:
    found = load(db.session(), Proposal, proposal_id)
    form = OpinionForm()
    if not form.validate():
        return page(db.session(), found, opinion_form=form), 422
    held = db.begin_write()
    stated = Opinion(
        area_id=found.area_id,
        proposal_id=found.id,
        coordinator_id=current_user.person.coordinator_id,
        words=form.words.data,
        stated_at=db.clock(held),
    )
    held.add(stated)
    held.flush()
    flash(_("Ihre Stellungnahme steht jetzt hier."))
    anchor = f"opinion-{stated.id}"
    return redirect(url_for(".proposal", proposal_id=found.id, _anchor=anchor), 303)
