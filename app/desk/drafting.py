"""A round is drafted for a meeting, from proposals that wait for its body."""

from collections.abc import Iterable

from flask import redirect, render_template, url_for
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import attendance, db
from app.desk.forms import PrepareForm
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Body, Meeting, Proposal
from app.own_row import load
from app.policy import Action, requires
from app.round import preparing


@blueprint.route("/meetings/<int:meeting_id>/rounds", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def prepare(meeting_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    form = _form(held, found)
    if not form.is_submitted():
        return render_template("desk/prepare.html", meeting=found, form=form)
    if not form.validate():
        return render_template("desk/prepare.html", meeting=found, form=form), 422
    held = db.begin_write()
    found = load(held, Meeting, meeting_id, lock=True)
    attendance.require_enterable(held, found, db.clock(held))
    chosen = [load(held, Proposal, each, lock=True) for each in form.proposals.data or ()]
    require_waiting(chosen, found.body_id)
    made = preparing.prepare(
        held,
        body=held.get_one(Body, found.body_id),
        meeting=found,
        proposals=chosen,
        now=db.clock(held),
    )
    return redirect(url_for(".round_", round_id=made.id), 303)


def _form(held: Session, found: Meeting) -> PrepareForm:
    """The proposals that wait for the body of this meeting."""
    form = PrepareForm()
    form.proposals.choices = proposals_of(held, found.body_id)
    return form


def proposals_of(held: Session, body_id: int) -> list[SelectChoice]:
    """The proposals on which this body can vote now."""
    admitted = held.exec(
        select(Proposal)
        .where(Proposal.body_id == body_id, Proposal.state == "admitted")
        .order_by(col(Proposal.year), col(Proposal.n))
    )
    return [SelectChoice(each.id, f"{each.number}: {each.title}") for each in admitted]


def require_waiting(chosen: Iterable[Proposal], body_id: int) -> None:
    """Refuse what somebody else has put into a round meanwhile, or another body's."""
    if any(each.state != "admitted" or each.body_id != body_id for each in chosen):
        raise Refused("already_done")
