"""A draft of the rules: checked, given its first day, put into force or thrown away."""

from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session, select
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from app import adoption, db, rules_of_procedure
from app.body import day_of, places_on
from app.day_field import Day
from app.models import Body, Confirmation, Officer, RulesOfProcedure
from app.policy import Action, requires
from app.roster import adopting, drafting
from app.roster.interview import load_voting_body
from app.roster.routes import blueprint
from app.rule import reading
from app.rule.groups import INTERVIEW
from voting.rules import readiness


class FirstDayForm(FlaskForm):
    day = Day(
        lazy_gettext("Ab wann sollen die Regeln gelten?"),
        description=lazy_gettext("Leer heißt: ab dem Tag, an dem sie beschlossen sind."),
    )

    def __init__(self, now: datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = day_of(now)

    def validate_day(self, field: Day) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(_("Dieser Tag ist schon vorbei."))


@blueprint.get("/bodies/<int:body_id>/rules/check")
@requires(Action.EDIT_ROSTER)
def check_rules(body_id: int) -> str | Response:
    held = db.session()
    body = load_voting_body(held, body_id)
    draft = adoption.draft(held, body.id)
    if draft is None:
        return redirect(url_for(".rules", body_id=body_id), 303)
    pending = adopting.request_for(held, draft, db.clock(held))
    return render_template(
        "roster/check_rules.html",
        **_shown(held, body, draft),
        question=adoption.waiting_question(held, draft),
        votes_itself=adoption.votes_itself(held, body),
        pending=pending,
        asker=held.get_one(Officer, pending.requested_by) if pending else None,
        left=drafting.steps_left(draft),
        steps=len(INTERVIEW),
    )


@blueprint.route("/bodies/<int:body_id>/rules/first-day", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def first_day(body_id: int) -> str | Response | tuple[str, int]:
    held = db.session()
    body, draft = _load(held, body_id)
    form = FirstDayForm(db.clock(held), data={"day": draft.valid_from})
    if not form.is_submitted():
        return render_template("roster/first_day.html", body=body, draft=draft, form=form)
    if not form.validate():
        return render_template("roster/first_day.html", body=body, draft=draft, form=form), 422
    held = db.begin_write()
    body, draft = _load(held, body_id)
    drafting.start_on(held, draft, form.day.data)
    return redirect(url_for(".check_rules", body_id=body_id), 303)


@blueprint.get("/bodies/<int:body_id>/rules/discard")
@requires(Action.EDIT_ROSTER)
def discard(body_id: int) -> str:
    body, draft = _load(db.session(), body_id)
    return render_template("roster/discard_rules.html", body=body, draft=draft)


@blueprint.post("/bodies/<int:body_id>/rules/discard")
@requires(Action.EDIT_ROSTER)
def discard_now(body_id: int) -> Response:
    held = db.begin_write()
    _body, draft = _load(held, body_id)
    drafting.discard(held, draft)
    flash(_("Der Entwurf ist weg. Es gelten die Regeln wie bisher."))
    return redirect(url_for(".rules", body_id=body_id), 303)


@blueprint.post("/bodies/<int:body_id>/rules/adopt")
@requires(Action.EDIT_ROSTER)
def ask_to_adopt(body_id: int) -> Response:
    held = db.begin_write()
    _body, draft = _load(held, body_id)
    adopting.ask(held, draft, current_user.person, db.clock(held))
    return redirect(url_for(".check_rules", body_id=body_id), 303)


@blueprint.get("/confirmations/<int:confirmation_id>")
@requires(Action.EDIT_ROSTER)
def confirm_rules(confirmation_id: int) -> str | Response:
    held = db.session()
    confirmation, draft, body = _confirmation(held, confirmation_id)
    if confirmation.confirmed_at:
        return redirect(url_for(".rules", body_id=body.id), 303)
    return render_template(
        "roster/confirm_rules.html",
        **_shown(held, body, draft),
        pending=confirmation,
        asker=held.get_one(Officer, confirmation.requested_by),
    )


@blueprint.post("/confirmations/<int:confirmation_id>")
@requires(Action.EDIT_ROSTER)
def confirm_rules_now(confirmation_id: int) -> Response:
    held = db.begin_write()
    confirmation, draft, body = _confirmation(held, confirmation_id)
    adopting.confirm(held, confirmation, current_user.person, db.clock(held))
    flash(_("Fassung %(version)d ist beschlossen.", version=draft.version))
    return redirect(url_for(".rules", body_id=body.id), 303)


def _load(held: Session, body_id: int) -> tuple[Body, RulesOfProcedure]:
    """The body and its draft; without one the page does not exist."""
    body = load_voting_body(held, body_id)
    draft = adoption.draft(held, body.id)
    return (body, draft) if draft else abort(404)


def _confirmation(held: Session, key: int) -> tuple[Confirmation, RulesOfProcedure, Body]:
    found = held.exec(
        select(Confirmation, RulesOfProcedure, Body)
        .join(RulesOfProcedure, RulesOfProcedure.id == Confirmation.rules_id)  # type: ignore[arg-type]
        .join(Body, Body.id == RulesOfProcedure.body_id)  # type: ignore[arg-type]
        .where(Confirmation.id == key, Confirmation.area_id == current_user.area_id)
    ).first()
    return tuple(found) if found else abort(404)  # type: ignore[return-value]


def _shown(held: Session, body: Body, draft: RulesOfProcedure) -> dict[str, Any]:
    """What every page shows that reads a draft from one end to the other."""
    in_force = rules_of_procedure.in_force(held, body.id)
    return {
        "body": body,
        "draft": draft,
        "in_force": in_force,
        "lines": reading.lines(draft.parameters, body.kind),
        "changes": reading.changes(in_force.parameters, draft.parameters) if in_force else (),
        "differs": adopting.differs(held, draft),
        "cases": readiness.of(draft.parameters),
        "seats": len(places_on(held, body, None, day_of(db.clock(held)))),
    }
