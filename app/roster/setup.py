"""The list of what has to be set up; any officer can go on at any line."""

from itertools import groupby

from flask import render_template
from flask_login import current_user
from sqlmodel import Session

from app import db, rules_of_procedure
from app import setup as setting_up
from app.body import votes_by_ballot
from app.models import Body
from app.policy import Action, requires
from app.roster.routes import blueprint
from voting.rules import readiness


@blueprint.get("/setup")
@requires(Action.EDIT_ROSTER)
def setup() -> str:
    held = db.session()
    found = setting_up.lines(held, current_user.area, db.clock(held))
    by_body = groupby(found, key=lambda line: line.body)
    return render_template(
        "roster/setup.html",
        groups=[(body, list(some), _cases(held, body)) for body, some in by_body],
        next_line=setting_up.next_line(found),
    )


def _cases(held: Session, body: Body | None) -> list[readiness.Readiness]:
    """What the rules in force make a body ready for."""
    if body is None or not votes_by_ballot(body):
        return []
    rules = rules_of_procedure.in_force(held, body.id)
    return readiness.of(rules.parameters if rules else {})
