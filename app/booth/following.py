"""Phones follow what is up for a vote; their page is fetched anew when something changed."""

from flask import Response, abort, jsonify

from app import still
from app.booth import running
from app.booth.routes import blueprint
from app.policy import Action, requires

# Sixty phones ask every two seconds: one answer a second is made for all of them.
SECONDS = 1


@blueprint.get("/booth/pulse/<slug>")
@requires(Action.READ_PUBLIC)
def pulse(slug: str) -> Response:
    mark = running.read(slug)
    if mark is None:
        abort(404)
    return still.answer(jsonify(turnout="", mark=mark), mark, SECONDS)
