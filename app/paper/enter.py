"""The two screens on which papers are entered: what they are told and what they send."""

from datetime import datetime
from typing import Any

from flask import Response as JsonResponse
from flask import jsonify, render_template
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session, col, select

from app import db, language, subject
from app.errors import answers_json
from app.json_request import read_object
from app.models import Board, CredentialPointer, Paper, Question, Round
from app.paper import entering, numbers
from app.paper.own_round import load_papers
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round import papers
from app.round.preparing import questions_of


@blueprint.get("/<round_id>/enter")
@requires(Action.ENTER_PAPERS)
def enter(round_id: str) -> str:
    found = load_papers(db.session(), round_id)
    return render_template(
        "paper/enter.html", round=found, most=numbers.MOST, longest=numbers.LONGEST_REASON
    )


@blueprint.get("/<round_id>/state")
@requires(Action.ENTER_PAPERS)
@answers_json
def state(round_id: str) -> JsonResponse:
    held = db.session()
    found = load_papers(held, round_id)
    both, now = papers.enterers_of(held, found.id), db.clock(held)
    place = numbers.place_of(held, found, current_user.person)
    questions = _open_questions(held, found)
    return jsonify(
        {
            "round": found.id,
            "group": found.group,
            "state": found.state,
            "csrf": generate_csrf(),
            "person": numbers.name_in_proofs(current_user.person),
            "place": place,
            "has_second": len(both) > 1,
            "is_late": len(both) == 1 and both[0].expires_at <= now,
            "points": [each.point for each in numbers.numbers(held, found)],
            "questions": [_question(held, each, place, now) for each in questions],
        }
    )


@blueprint.post("/<round_id>/numbers")
@requires(Action.ENTER_PAPERS)
@answers_json
def make_numbers(round_id: str) -> tuple[JsonResponse, int]:
    held = db.begin_write()
    found = load_papers(held, round_id, lock=True)
    numbers.register(held, found, current_user.person, read_object(), db.clock(held))
    return jsonify({}), 201


@blueprint.post("/<round_id>/join")
@requires(Action.ENTER_PAPERS)
@answers_json
def join(round_id: str) -> JsonResponse:
    held = db.begin_write()
    found = load_papers(held, round_id, lock=True)
    numbers.join(held, found, current_user.person, read_object(), db.clock(held))
    return jsonify({})


@blueprint.post("/<round_id>/enter")
@requires(Action.ENTER_PAPERS)
@answers_json
def entry(round_id: str) -> JsonResponse:
    found = load_papers(db.session(), round_id)
    sent = read_object("malformed")
    return jsonify({"entered": entering.enter(current_user.person, found, sent)})


def _open_questions(held: Session, found: Round) -> list[Question]:
    if found.state != "open":
        return []
    return [each for each in questions_of(held, found) if each.state == "listed"]


def _question(
    held: Session, question: Question, place: int | None, now: datetime
) -> dict[str, Any]:
    cast = set(
        held.exec(
            select(CredentialPointer.credential).where(CredentialPointer.question_id == question.id)
        )
    )
    papers = held.exec(
        select(Paper).where(Paper.question_id == question.id).order_by(col(Paper.number))
    )
    shown = language.current()
    return {
        "question": question.id,
        "title": subject.of(held, question).title,
        "wording": question.wording.get(shown) or question.wording["de"],
        "options": question.options.get(shown) or question.options["de"],
        "order": list(question.answers),
        "fewest": question.fewest,
        "most": question.most,
        "election": held.get_one(Board, question.id).election,
        "papers": [
            {
                "number": each.number,
                "point": each.credential,
                "state": entering.state_of(each, place, now, is_cast=each.credential in cast),
            }
            for each in papers
        ],
    }
