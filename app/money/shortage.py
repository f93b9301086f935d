"""Adopted sums are more than the pot holds: a lot among equals, or a second vote on lower sums."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import db, rules_of_procedure, sharing, subject
from app.errors import Refused
from app.models import Proposal, Question, Round, Sharing
from app.money.routes import blueprint
from app.own_row import load
from app.policy import Action, requires


@blueprint.route("/rounds/<round_id>/lot", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def draw(round_id: str) -> str | Response | tuple[str, int]:
    """The lot is drawn in the room; its order is entered here."""
    held = db.session()
    if request.method == "GET":
        return _lot_page(held, round_id, {}, "")
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    tied = _require_shared(held, found).needs_lot
    typed = {each: request.form.get(each, "").strip() for each in tied}
    places = {each: int(text) for each, text in typed.items() if text.isdecimal()}
    if sorted(places.values()) != list(range(1, len(tied) + 1)):
        said = _("Jede Zahl von 1 bis %(most)d kommt genau einmal vor.", most=len(tied))
        return _lot_page(held, round_id, typed, said), 422
    sharing.draw(held, found, sorted(places, key=lambda each: places[each]), db.clock(held))
    flash(_("Das Los ist eingetragen."))
    return redirect(url_for("desk.round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/again")
@requires(Action.RUN_ROUNDS)
def vote_again(round_id: str) -> Response:
    """Put the adopted applications back on the table, for a vote on lower sums."""
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    now = db.clock(held)
    shared = _require_shared(held, found)
    rule = rules_of_procedure.procedure(held, found, "funding").choice("shortage.rule")
    if not shared.short_cents or rule != "cut_by_vote" or found.meeting_id is None:
        raise Refused("already_done")
    sharing.rely_on(held, found, now)
    for each in sharing.adopted(held, found):
        proposal = held.get_one(Proposal, each.proposal_id, with_for_update=True)
        if proposal.state == "scheduled":
            proposal.state = "admitted"
    flash(_("Die Anträge liegen wieder auf dem Tisch. Senken Sie die Beträge."))
    return redirect(url_for(".table", meeting_id=found.meeting_id), 303)


def _require_shared(held: Session, found: Round) -> Sharing:
    shared = sharing.shared(held, found, db.clock(held))
    if shared is None:
        raise Refused("already_done")
    return shared


def _lot_page(held: Session, round_id: str, typed: dict[str, str], problem: str) -> str:
    found = load(held, Round, round_id)
    shared = _require_shared(held, found)
    if not shared.needs_lot:
        raise Refused("already_done")
    questions = [held.get_one(Question, each) for each in shared.needs_lot]
    subjects = subject.of_all(held, questions)
    return render_template(
        "money/lot.html",
        round=found,
        sharing=shared,
        items=[(each, subjects[each.id]) for each in questions],
        typed=typed,
        problem=problem,
    )
