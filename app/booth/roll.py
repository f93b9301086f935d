"""Who votes for which seat and why: for members of the body, as it stands or as it was frozen."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import Session, col, select

from app import db, electoral_roll, recusal, rules_of_procedure, subject
from app.booth.entitlement import listed
from app.booth.round_page import body_and_meeting, may_read_roll, require_round
from app.booth.routes import blueprint
from app.errors import Refused
from app.models import Member, Question, RollEntry, Round, Seat
from app.policy import Action, requires
from app.round import roll_call


class Vote(NamedTuple):
    """What became of a seat: the state of its holders, who votes for it in which way, and what
    was answered where names were called."""

    state: str
    member_id: int | None = None
    via: str | None = None
    answer: str | None = None


Roll = Mapping[int, Vote]


class Line(NamedTuple):
    """A seat as members read it; `recused` are names that may be said."""

    seat: Seat
    voter: str | None
    state: str
    via: str | None
    recused: str | None
    answer: str | None


class Table(NamedTuple):
    """One roll and the questions that have it."""

    titles: list[str]
    figures: dict[str, Any]
    lines: list[Line]


@blueprint.get("/booth/<round_id>/roll")
@requires(Action.VOTE)
def roll(round_id: str) -> ResponseReturnValue:
    held = db.session()
    round_ = require_round(held, current_user.person, round_id)
    if not may_read_roll(held, round_, current_user.person):
        raise Refused("not_found")
    body, meeting = body_and_meeting(held, round_)
    return render_template(
        "booth/roll.html", round=round_, body=body, meeting=meeting, tables=tables(held, round_)
    )


def tables(held: Session, round_: Round) -> list[Table]:
    """Each roll of a round once, in the order of its first question."""
    by_roll: dict[tuple[tuple[int, Vote], ...], list[Question]] = {}
    for question in listed(held, round_):
        found = _roll(held, round_, question)
        by_roll.setdefault(tuple(sorted(found.items())), []).append(question)
    return [_table(held, round_, dict(found), questions) for found, questions in by_roll.items()]


def _roll(held: Session, round_: Round, question: Question) -> Roll:
    if round_.opened_at is None:
        return _live(held, question)
    called = round_.way == "roll_call" and round_.state == "closed"
    return _frozen(held, question, roll_call.answers_of(held, question) if called else {})


def _live(held: Session, question: Question) -> Roll:
    places = electoral_roll.resolve(held, question).places
    return {
        place.seat: Vote(place.state, place.entry.member, place.entry.via)
        if place.entry
        else Vote(place.state)
        for place in places
    }


def _frozen(held: Session, question: Question, answers: Mapping[int, str]) -> Roll:
    entries = held.exec(select(RollEntry).where(RollEntry.question_id == question.id))
    voting = {
        each.seat_id: Vote(each.state, each.member_id, each.via, answers.get(each.member_id))
        for each in entries
    }
    gaps = {int(seat): Vote(state) for seat, state in (question.roll_gaps or {}).items()}
    return voting | gaps


def _table(held: Session, round_: Round, found: Roll, questions: list[Question]) -> Table:
    subjects = subject.of_all(held, questions)
    return Table(
        titles=[subjects[each.id].title for each in questions],
        figures=questions[0].roll_facts or electoral_roll.announced(held, questions[0]),
        lines=list(_lines(held, found, _recused(held, round_, questions[0]))),
    )


def _lines(held: Session, found: Roll, recused: Mapping[int, str | None]) -> Iterator[Line]:
    voters = [vote.member_id for vote in found.values() if vote.member_id]
    names = {
        each.id: each.name for each in held.exec(select(Member).where(col(Member.id).in_(voters)))
    }
    seats = held.exec(select(Seat).where(col(Seat.id).in_(found)).order_by(col(Seat.position)))
    for seat in seats:
        state, member_id, via, answer = found[seat.id]
        voter = names[member_id] if member_id else None
        yield Line(seat, voter, state, via, recused.get(seat.position), answer)


def _recused(held: Session, round_: Round, question: Question) -> dict[int, str | None]:
    """By seat: the names of recused members that rules and consent let be said."""
    if round_.opened_at is None:
        return {}
    rules = rules_of_procedure.procedure(held, round_, question.matter)
    return {each["position"]: each["name"] for each in recusal.shown(held, question, rules)}
