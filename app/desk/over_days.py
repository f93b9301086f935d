"""A vote over days at the desk: drafting it, and when any round opens and closes by itself."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app import db, electoral_roll, rules_of_procedure
from app.desk.drafting import proposals_of, require_waiting
from app.desk.forms import PrepareForm, ScheduleForm, in_berlin, in_utc
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Body, Proposal, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import circulating, count_key, preparing


@blueprint.route("/bodies/<int:body_id>/circular", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def circulate(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body = load(held, Body, body_id)
    form = PrepareForm()
    form.proposals.choices = proposals_of(held, body.id)
    if not form.is_submitted():
        return _draft_page(held, body, form)
    if not form.validate():
        return _draft_page(held, body, form), 422
    held = db.begin_write()
    body = load(held, Body, body_id, lock=True)
    if not circulating.is_allowed(held, body.id):
        raise Refused("circular_forbidden")
    chosen = [load(held, Proposal, each, lock=True) for each in form.proposals.data or ()]
    require_waiting(chosen, body.id)
    made = preparing.prepare(held, body=body, meeting=None, proposals=chosen, now=db.clock(held))
    return redirect(url_for(".schedule", round_id=made.id), 303)


@blueprint.route("/rounds/<round_id>/schedule", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def schedule(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    found = load(held, Round, round_id)
    form = _schedule_form(held, found)
    if not form.is_submitted():
        return _schedule_page(held, found, form)
    is_circular = found.mode == "circular"
    needs_reason = is_circular and circulating.needs_reason(held, found)
    fits = form.validate() and form.fits(
        db.clock(held), needs_end=is_circular, needs_reason=needs_reason
    )
    if not fits:
        return _schedule_page(held, found, form), 422
    held = db.begin_write()
    circulating.settle(
        held,
        load(held, Round, round_id, lock=True),
        opens_at=in_utc(form.opens_at.data),
        closes_at=in_utc(form.closes_at.data),
        absent=form.absent.data or (),
        reason=form.reason.data or "",
    )
    flash(_("Die Zeiten sind gespeichert."))
    return redirect(url_for(".round_", round_id=round_id), 303)


def _draft_page(held: Session, body: Body, form: PrepareForm) -> str:
    rules = rules_of_procedure.in_force(held, body.id)
    return render_template(
        "desk/circulate.html",
        body=body,
        form=form,
        allowed=(rules.parameters if rules else {}).get("circular.allowed"),
        lacks_commission=count_key.lacks_commission(held, body.id, db.clock(held)),
    )


def _schedule_form(held: Session, found: Round) -> ScheduleForm:
    form = ScheduleForm()
    people = electoral_roll.people(held, found) if found.mode == "circular" else []
    form.absent.choices = [SelectChoice(each.id, each.name) for each in people]
    if not form.is_submitted():
        form.opens_at.process_data(in_berlin(found.opens_at))
        form.closes_at.process_data(in_berlin(found.closes_at))
        form.absent.data = list(electoral_roll.declared_absent(held, found))
        form.reason.data = found.circular_reason
    return form


def _schedule_page(held: Session, found: Round, form: ScheduleForm) -> str:
    if found.state not in circulating.SETTLING:
        raise Refused("already_done")
    return render_template(
        "desk/schedule.html",
        round=found,
        form=form,
        needs_reason=circulating.needs_reason(held, found),
    )
