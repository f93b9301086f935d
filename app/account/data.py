"""A person's own data: who looked at them, and all of them to read and to keep."""

import json

from flask import Response, render_template, request
from flask_login import current_user

from app import db
from app.account import looked_up, own, own_data
from app.account.routes import blueprint
from app.body import day_of
from app.policy import Action, may, requires


@blueprint.get("/account/look-ups")
@requires(Action.READ_OWN_DATA)
def look_ups() -> str:
    number = request.args.get("page", 1, type=int)
    listed = looked_up.of(db.session(), current_user.person, number)
    page = "look_ups" if may(Action.OWN_DATA) else "looked_at"
    return render_template(f"account/{page}.html", listed=listed)


@blueprint.get("/account/data")
@requires(Action.READ_OWN_DATA)
def data() -> str:
    held = db.session()
    return render_template(
        "account/data.html",
        sections=own_data.of(held, current_user.person),
        readers=own.readers(held, current_user.person),
    )


@blueprint.get("/account/data.json")
@requires(Action.READ_OWN_DATA)
def data_file() -> Response:
    held = db.session()
    found = own_data.as_object(own_data.of(held, current_user.person))
    response = Response(
        json.dumps(found, ensure_ascii=False, indent=2), mimetype="application/json"
    )
    name = f"kiezvotum-{day_of(db.clock(held))}.json"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
