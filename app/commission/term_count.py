"""The page on which a trustee opens the sums of rounds with the part of the term's key."""

from typing import Any

from flask import Response, jsonify, request, url_for
from flask_login import current_user
from sqlmodel import Session

from app import counting_commission, db
from app.commission import ceremony_state
from app.commission.routes import blueprint, counting_page
from app.commission.waiting import waiting
from app.errors import answers_json
from app.models import Body, Round
from app.policy import Action, requires
from app.round import releasing


@blueprint.get("/count")
@requires(Action.HOLD_KEY)
def count() -> Response:
    return counting_page("commission/count.html")


@blueprint.get("/count/state")
@requires(Action.HOLD_KEY)
@answers_json
def count_state() -> Response:
    held = db.session()
    asked = releasing.waiting_for(held, current_user.person)
    response = jsonify({"rounds": [_asked(held, each) for each in asked]})
    response.add_etag()
    response.make_conditional(request)
    return response


def _asked(held: Session, round_: Round) -> dict[str, Any]:
    """A round with what restores the own part of its key from the seed."""
    commission = releasing.commission_of(held, round_)
    trustees = counting_commission.trustees_of(held, commission)
    own = next(each for each in trustees if counting_commission.is_of(each, current_user.person))
    ceremony = ceremony_state.state(held, commission, own)
    return {
        **waiting(held, round_, current_user.person),
        "body": held.get_one(Body, round_.body_id).name,
        "commission": str(commission.id),
        "one_lost": any(each.lost_at for each in trustees if each.id != own.id),
        "report_lost": url_for("commission.report_lost", commission_id=commission.id),
        **{name: ceremony[name] for name in ("group", "position", "certificates", "posted")},
    }
