"""An opinion poll in public: its numbers and no word for an outcome; it is never a decision."""

from flask import Response, abort

from app import db, subject
from app.policy import Action, requires
from app.public import check as checks
from app.public.page import page
from app.public.routes import blueprint


@blueprint.get("/abstimmung/<round_id>/meinungsbild")
@requires(Action.READ_PUBLIC)
def poll(round_id: str) -> Response:
    held = db.session()
    found = checks.find_round(held, round_id)
    if found is None or not found[0].is_poll:
        abort(404)
    round_, body, its_area = found
    questions = [question for question, _board, _decision in checks.questions(held, round_id)]
    return page(
        "public/poll.html",
        round=round_,
        body=body,
        area=its_area,
        questions=questions,
        subjects=subject.of_all(held, questions),
    )
