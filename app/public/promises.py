"""What is promised for a round and what not, computed from how it is held."""

from flask import Response, abort

from app import db
from app.body import day_of
from app.policy import Action, requires
from app.promise import evidence, facts, lines
from app.public import check as checks
from app.public.page import page
from app.public.routes import blueprint


@blueprint.get("/abstimmung/<round_id>/versprechen")
@requires(Action.READ_PUBLIC)
def promises(round_id: str) -> Response:
    held = db.session()
    found = checks.find_round(held, round_id)
    if found is None:
        abort(404)
    round_, body, its_area = found
    read = facts.read(held, round_)
    return page(
        "public/promises.html",
        round=round_,
        body=body,
        area=its_area,
        facts=read,
        lines=lines.lines(read),
        warnings=lines.warnings(read),
        evidence_of=evidence.evidence_of,
        today=day_of(db.clock(held)),
    )
