"""The two screens on which papers are entered: what they are told and what they send."""

from typing import Any

from flask import Response as JsonResponse
from flask import jsonify, render_template
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session, col, select

from app import db, language, subject
from app.errors import answers_json
from app.json_request import read_object
from app.models import Board, CredentialPointer, Paper, PaperSet, Question, Round
from app.own_row import load
from app.paper import entering, numbers
from app.paper.routes import blueprint
from app.policy import Action, requires
from app.round.preparing import questions_of


@blueprint.get("/<round_id>/enter")
@requires(Action.ENTER_PAPERS)
def enter(round_id: str) -> str:
    found = load(db.session(), Round, round_id)
    return render_template("paper/enter.html", round=found, most=numbers.MOST)


@blueprint.get("/<round_id>/state")
@requires(Action.ENTER_PAPERS)
@answers_json
def state(round_id: str) -> JsonResponse:
    held = db.session()
    found = load(held, Round, round_id)
    both = held.get(PaperSet, found.id)
    return jsonify(
        {
            "round": found.id,
            "group": found.group,
            "state": found.state,
            "csrf": generate_csrf(),
            "officer": f"officer-{current_user.person_id}",
            "place": _place(both),
            "has_second": both is not None and both.second_id is not None,
            "points": [each.point for each in numbers.numbers(held, found)],
            "questions": [_question(held, each) for each in _open_questions(held, found)],
        }
    )


@blueprint.post("/<round_id>/numbers")
@requires(Action.ENTER_PAPERS)
@answers_json
def make_numbers(round_id: str) -> tuple[JsonResponse, int]:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    numbers.register(held, found, current_user.person, read_object())
    return jsonify({}), 201


@blueprint.post("/<round_id>/join")
@requires(Action.ENTER_PAPERS)
@answers_json
def join(round_id: str) -> JsonResponse:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    numbers.join(held, found, current_user.person, read_object())
    return jsonify({})


@blueprint.post("/<round_id>/enter")
@requires(Action.ENTER_PAPERS)
@answers_json
def entry(round_id: str) -> JsonResponse:
    found = load(db.session(), Round, round_id)
    sent = read_object("malformed")
    return jsonify({"entered": entering.enter(current_user.person, found, sent)})


def _place(both: PaperSet | None) -> str | None:
    """Whether the visitor is the first or the second of the two, or neither."""
    if both is None:
        return None
    return {both.first_id: "first", both.second_id: "second"}.get(current_user.person_id)


def _open_questions(held: Session, found: Round) -> list[Question]:
    if found.state != "open":
        return []
    return [each for each in questions_of(held, found) if each.state == "listed"]


def _question(held: Session, question: Question) -> dict[str, Any]:
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
                "state": entering.state_of(
                    each, current_user.person, is_cast=each.credential in cast
                ),
            }
            for each in papers
        ],
    }
