"""The list of what has to be set up; any officer can go on at any line."""

from itertools import groupby

from flask import render_template
from flask_login import current_user

from app import db
from app import setup as setting_up
from app.policy import Action, requires
from app.roster.routes import blueprint


@blueprint.get("/setup")
@requires(Action.EDIT_ROSTER)
def setup() -> str:
    held = db.session()
    found = setting_up.lines(held, current_user.area, db.clock(held))
    by_body = groupby(found, key=lambda line: line.body)
    return render_template(
        "roster/setup.html",
        groups=[(body, list(some)) for body, some in by_body],
        next_line=setting_up.next_line(found),
    )
