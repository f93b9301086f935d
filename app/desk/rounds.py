"""A round at the desk, from the draft to the close."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, electoral_roll, rules_of_procedure
from app.desk.following import pulse_of, said
from app.desk.forms import OpenForm, in_berlin
from app.desk.item import items_of
from app.desk.round_page import count_keys
from app.desk.routes import blueprint
from app.models import Round
from app.own_row import load
from app.policy import Action, requires
from app.round import announcing, closing, opening, papers


@blueprint.post("/rounds/<round_id>/announce")
@requires(Action.RUN_ROUNDS)
def announce(round_id: str) -> Response:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    announcing.announce(held, found, db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.route("/rounds/<round_id>/open", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def open_(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    form = OpenForm()
    if not form.is_submitted():
        found = load(held, Round, round_id)
        form.closes_at.process_data(in_berlin(found.closes_at))
        return _check_page(held, found, form)
    if not (form.validate() and form.ends_between(db.clock(held))):
        return _check_page(held, load(held, Round, round_id), form), 422
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    if not form.is_said(said(held, found)):
        return _check_page(held, found, form), 422
    if found.mode == "meeting":
        found.closes_at = form.end
    taken_out = opening.open_round(held, found, db.clock(held), form.end)
    flash(_("Die Abstimmung ist offen."))
    if taken_out:
        flash(
            ngettext(
                "%(num)d Frage wurde herausgenommen. Der Grund steht bei der Frage.",
                "%(num)d Fragen wurden herausgenommen. Der Grund steht bei den Fragen.",
                len(taken_out),
            )
        )
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/last-call")
@requires(Action.RUN_ROUNDS)
def last_call(round_id: str) -> Response:
    held = db.begin_write()
    closing.start_last_call(held, load(held, Round, round_id, lock=True), db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/close")
@requires(Action.RUN_ROUNDS)
def close(round_id: str) -> Response:
    held = db.begin_write()
    closing.close(held, load(held, Round, round_id, lock=True), db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


def _check_page(held: Session, found: Round, form: OpenForm) -> str:
    missing = announcing.missing_rules(held, found)
    form.said.data = said(held, found)
    return render_template(
        "desk/open.html",
        round=found,
        items=items_of(held, found),
        missing=missing,
        without_key=[] if missing else electoral_roll.without_key(held, found),
        papers_missing=not missing and papers.are_missing(held, found),
        rules=rules_of_procedure.in_force(held, found.body_id),
        **count_keys(held, found),
        form=form,
        pulse=pulse_of(held, found),
    )
