"""The area as its officers see it: office, goals, and who coordinates it from above."""

from flask import render_template
from flask_login import current_user

from app import db
from app.action_goal import newest_goals
from app.body import day_of
from app.coordinated import current
from app.policy import Action, requires
from app.roster.goals import older_versions
from app.roster.routes import blueprint


@blueprint.get("/area")
@requires(Action.EDIT_ROSTER)
def area() -> str:
    held = db.session()
    today = day_of(db.clock(held))
    return render_template(
        "roster/area.html",
        area=current_user.area,
        goals=newest_goals(held, current_user.area_id),
        older=older_versions(held, current_user.area_id),
        coordinators=current(held, current_user.area_id, today),
    )
