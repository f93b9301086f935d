"""Rounds that are not made of chosen proposals: an opinion poll, a vote on new rules."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import adoption, attendance, coming_meeting, db
from app.desk.routes import blueprint
from app.errors import Refused
from app.models import Body, Meeting, Round, RulesOfProcedure
from app.own_row import load
from app.policy import Action, requires
from app.round import polling, preparing


@blueprint.post("/rounds/<round_id>/poll")
@requires(Action.RUN_ROUNDS)
def hold_poll(round_id: str) -> Response:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    if found.meeting_id:
        attendance.require_running(held.get_one(Meeting, found.meeting_id), db.clock(held))
    made = polling.hold_poll(held, found, db.clock(held))
    flash(_("Das Meinungsbild ist angesagt. Es entscheidet nichts."))
    return redirect(url_for(".round_", round_id=made.id), 303)


@blueprint.post("/rules/<int:rules_id>/round")
@requires(Action.RUN_ROUNDS)
def prepare_rules(rules_id: int) -> Response:
    held = db.begin_write()
    rules = load(held, RulesOfProcedure, rules_id, lock=True)
    now = db.clock(held)
    if rules.state != "draft" or adoption.waiting_question(held, rules):
        raise Refused("already_done")
    meeting = coming_meeting.next_of(held, rules.body_id, now)
    if meeting is None:
        flash(_("Legen Sie zuerst die Sitzung an, in der das Gremium abstimmt."))
        return redirect(url_for("meeting.create"), 303)
    body = held.get_one(Body, rules.body_id)
    made = preparing.prepare_rules(held, body=body, meeting=meeting, rules=rules, now=now)
    return redirect(url_for(".round_", round_id=made.id), 303)
