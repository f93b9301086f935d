"""What the next run of the job deletes, before it does."""

from flask import render_template
from flask_login import current_user

from app import db, retention
from app.account.routes import blueprint
from app.policy import Action, requires


@blueprint.get("/account/deletion")
@requires(Action.PREVIEW_DELETION)
def deletion() -> str:
    area_id = current_user.area_id
    now = db.clock(db.session())
    db.end_read()
    with db.trying() as tried:
        gone = retention.apply(tried, retention.RULES, now)
    rows = [(rule, gone[name][area_id], gone[name][None]) for name, rule in retention.RULES.items()]
    return render_template(
        "account/deletion.html",
        due=[row for row in rows if any(row[1:])],
        idle=[row[0] for row in rows if not any(row[1:])],
        how_long=retention.how_long,
    )
