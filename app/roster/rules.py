"""The rules of a body: what is in force, the draft, and how a draft begins."""

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import adoption, db, rules_of_procedure
from app.body import votes_by_ballot
from app.models import RulesOfProcedure
from app.policy import Action, requires
from app.roster import drafting
from app.roster.interview import load_voting_body
from app.roster.routes import blueprint, load_body
from app.rule.groups import INTERVIEW
from voting.rules import readiness


@blueprint.get("/bodies/<int:body_id>/rules")
@requires(Action.EDIT_ROSTER)
def rules(body_id: int) -> str:
    held = db.session()
    body = load_body(held, body_id)
    in_force = rules_of_procedure.in_force(held, body.id)
    draft = adoption.draft(held, body.id)
    rejected = None if draft else _rejected(held, body_id)
    return render_template(
        "roster/rules.html",
        body=body,
        has_rules=votes_by_ballot(body),
        in_force=in_force,
        cases=readiness.of(in_force.parameters if in_force else {}),
        draft=draft,
        rejected=rejected,
        is_bound=draft is not None and adoption.waiting_question(held, draft) is not None,
        left=drafting.steps_left(draft) if draft else [],
        first=INTERVIEW[0],
        steps=len(INTERVIEW),
    )


@blueprint.post("/bodies/<int:body_id>/rules/draft")
@requires(Action.EDIT_ROSTER)
def begin_draft(body_id: int) -> Response:
    """Start with the answers of the version named, or with the city-wide template."""
    held = db.begin_write()
    body = load_voting_body(held, body_id)
    version = request.form.get("version", type=int)
    source = _version(held, body_id, version) if version else None
    drafting.begin(held, body, current_user.person, source)
    return redirect(url_for(".interview", body_id=body_id, step=INTERVIEW[0].name), 303)


def _version(held: Session, body_id: int, version: int) -> RulesOfProcedure:
    known = held.exec(select(RulesOfProcedure).where(RulesOfProcedure.body_id == body_id))
    return next((each for each in known if each.version == version), None) or abort(404)


def _rejected(held: Session, body_id: int) -> RulesOfProcedure | None:
    """The newest version, if the body has voted it down."""
    newest = held.exec(
        select(RulesOfProcedure)
        .where(RulesOfProcedure.body_id == body_id)
        .order_by(col(RulesOfProcedure.version).desc())
        .limit(1)
    ).first()
    return newest if newest and adoption.was_rejected(held, newest) else None
