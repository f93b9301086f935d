"""What an open page of a round follows without being loaded anew."""

from collections.abc import Sequence

from flask import Response, jsonify, request
from flask_babel import gettext as _
from sqlmodel import Session

from app import db, recusal, report
from app.desk.routes import blueprint, waiting_here
from app.models import Question, Round
from app.own_row import load
from app.policy import Action, requires
from app.round import closing, count_key, preparing, releasing
from app.round.standing import standing
from app.round.turnout import turnout


@blueprint.get("/rounds/<round_id>/pulse")
@requires(Action.RUN_ROUNDS)
def pulse(round_id: str) -> Response:
    held = db.session()
    response = jsonify(pulse_of(held, load(held, Round, round_id)))
    response.add_etag()
    response.make_conditional(request)
    return response


def pulse_of(held: Session, found: Round) -> dict[str, str]:
    """What a page follows: a line to show, and a mark that asks for a new page."""
    questions = preparing.questions_of(held, found)
    requests = [str(each.id) for each, _officer, _titles in waiting_here(held, found)]
    states = [each.state for each in questions]
    if found.trust in releasing.SHARED:
        states += _key_marks(held, found)
    reports = str(report.count_of(held, found.id))
    mark = [found.state, *states, *requests, reports]
    if recusal.is_possible(found):
        return {"turnout": "", "mark": " ".join(mark + _marks(held, found, questions))}
    figures = turnout(held, found)
    is_closable = closing.is_closable(held, found, db.clock(held))
    return {
        "turnout": _(
            "%(cast)d von %(roll)d haben abgestimmt", cast=figures.cast, roll=figures.roll
        ),
        "mark": " ".join([*mark, str(bool(found.last_call_at)), str(is_closable)]),
    }


def said(held: Session, found: Round) -> str:
    """The numbers that were read out before the opening."""
    return " ".join(_marks(held, found, preparing.questions_of(held, found)))


def _key_marks(held: Session, found: Round) -> list[str]:
    """What changes when a key comes or its part of the count."""
    if found.state == "closed":
        return [str(each.has_released) for each in releasing.holders(held, found)]
    keys = [key.public_key for key in count_key.keys_of(held, found.meeting_id)]
    gone = [str(each.id) for each in count_key.left(held, found.meeting_id)]
    return [*keys, *gone, str(bool(count_key.trustees_now(held, found, db.clock(held))))]


def _marks(held: Session, found: Round, questions: Sequence[Question]) -> list[str]:
    """What changes when somebody comes, goes or is recused."""
    names = ("entitled", "recused", "quorum_have", "required_yes")
    marks = []
    for each in questions:
        figures, stopped = standing(held, found, each)
        numbers = [str((figures or {}).get(name)) for name in names]
        marks += [*numbers, str(stopped), str(len(recusal.of_question(held, each)))]
    return marks
