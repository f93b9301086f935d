"""A round at the desk: its page, and the acts from the draft to the close."""

from dataclasses import dataclass
from typing import Any

from flask import Response as JsonResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, select
from werkzeug.wrappers import Response

from app import db, electoral_roll
from app.desk import announcing, attending, closing, opening, preparing
from app.desk.forms import OpenForm
from app.desk.progress import progress
from app.desk.routes import blueprint, load, waiting_here
from app.models import Body, Decision, Meeting, Member, Proposal, Question, Recusal, Round
from app.policy import Action, requires
from app.text import BERLIN
from app.turnout import turnout
from voting.rules import outcome


@dataclass(frozen=True)
class Item:
    """A question with what the page says of it; `figures` are live until they are frozen."""

    question: Question
    proposal: Proposal
    figures: dict[str, Any] | None
    stopped: str | None
    recused: list[Member]
    decision: Decision | None


@blueprint.get("/rounds/<round_id>")
@requires(Action.RUN_ROUNDS)
def round_(round_id: str) -> str:
    held = db.session()
    found = load(held, Round, round_id)
    questions = preparing.questions_of(held, found)
    meeting = held.get_one(Meeting, found.meeting_id)
    missing = electoral_roll.missing_rules(held, found.body_id)
    is_before = found.state in ("draft", "announced") and not missing
    return render_template(
        "desk/round.html",
        round=found,
        progress=progress(found, questions),
        meeting=meeting,
        body=held.get_one(Body, found.body_id),
        items=[item(held, found, each) for each in questions],
        members=attending.members_at(held, meeting),
        missing=missing,
        without_key=electoral_roll.without_key(held, found) if is_before else [],
        turnout=turnout(held, found),
        last_call_ends=_ends(found),
        is_closable=closing.is_closable(held, found, db.clock(held)),
        waiting=waiting_here(held, found),
        pulse=_pulse(held, found),
    )


@blueprint.get("/rounds/<round_id>/pulse")
@requires(Action.RUN_ROUNDS)
def pulse(round_id: str) -> JsonResponse:
    held = db.session()
    response = jsonify(_pulse(held, load(held, Round, round_id)))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.post("/questions/<question_id>/recusals")
@requires(Action.RUN_ROUNDS)
def recusals(question_id: str) -> Response:
    held = db.begin_write()
    found = load(held, Question, question_id)
    owner = load(held, Round, found.round_id, lock=True)
    meeting = held.get_one(Meeting, owner.meeting_id)
    known = {member.id for member in attending.members_at(held, meeting)}
    chosen = known & set(request.form.getlist("recused", type=int))
    preparing.set_recusals(held, found, chosen)
    flash(_("Gespeichert, wer befangen ist."))
    return redirect(url_for(".round_", round_id=owner.id, _anchor=f"question-{question_id}"), 303)


@blueprint.post("/rounds/<round_id>/announce")
@requires(Action.RUN_ROUNDS)
def announce(round_id: str) -> Response:
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    announcing.announce(held, found, db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.route("/rounds/<round_id>/open", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def open_(round_id: str) -> str | Response | tuple[str, int]:
    held = db.session()
    form = OpenForm()
    if not form.is_submitted():
        return _check_page(held, load(held, Round, round_id), form)
    if not (form.validate() and form.ends_between(db.clock(held))):
        return _check_page(held, load(held, Round, round_id), form), 422
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    taken_out = opening.open_round(held, found, db.clock(held), form.end)
    flash(_("Die Abstimmung ist offen."))
    if taken_out:
        flash(
            ngettext(
                "%(num)d Frage wurde herausgenommen. Der Grund steht bei der Frage.",
                "%(num)d Fragen wurden herausgenommen. Der Grund steht bei den Fragen.",
                len(taken_out),
            )
        )
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/last-call")
@requires(Action.RUN_ROUNDS)
def last_call(round_id: str) -> Response:
    held = db.begin_write()
    closing.start_last_call(held, load(held, Round, round_id, lock=True), db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


@blueprint.post("/rounds/<round_id>/close")
@requires(Action.RUN_ROUNDS)
def close(round_id: str) -> Response:
    held = db.begin_write()
    closing.close(held, load(held, Round, round_id, lock=True), db.clock(held))
    return redirect(url_for(".round_", round_id=round_id), 303)


def item(held: Session, owner: Round, question: Question) -> Item:
    """A question as the desk shows it."""
    recused = held.exec(
        select(Member)
        .join(Recusal, Recusal.member_id == Member.id)  # type: ignore[arg-type]
        .where(Recusal.question_id == question.id)
        .order_by(Member.name)
    )
    figures, stopped = _figures(held, owner, question)
    return Item(
        question=question,
        proposal=held.get_one(Proposal, question.proposal_id),
        figures=figures,
        stopped=stopped,
        recused=list(recused),
        decision=held.exec(select(Decision).where(Decision.question_id == question.id)).first(),
    )


def _figures(
    held: Session, owner: Round, question: Question
) -> tuple[dict[str, Any] | None, str | None]:
    """The numbers of the roll, and what would keep the question from opening now."""
    if question.roll_facts is not None:
        return question.roll_facts, question.taken_out_reason
    if electoral_roll.missing_rules(held, owner.body_id):
        return None, None
    procedure = electoral_roll.procedure(held, owner)
    facts = electoral_roll.resolve(held, question).facts
    stopped = outcome.at_opening(facts, procedure)
    return electoral_roll.figures(facts, procedure), stopped.code if stopped else None


def _ends(found: Round) -> str:
    """The end to the second, which a last call needs."""
    return found.closes_at.astimezone(BERLIN).strftime("%H:%M:%S") if found.closes_at else ""


def _check_page(held: Session, found: Round, form: OpenForm) -> str:
    questions = preparing.questions_of(held, found)
    missing = electoral_roll.missing_rules(held, found.body_id)
    return render_template(
        "desk/open.html",
        round=found,
        items=[item(held, found, each) for each in questions],
        missing=missing,
        without_key=[] if missing else electoral_roll.without_key(held, found),
        rules=electoral_roll.rules_in_force(held, found.body_id),
        form=form,
    )


def _pulse(held: Session, found: Round) -> dict[str, str]:
    """What an open page follows: a line to show, and a mark that asks for a new page."""
    figures = turnout(held, found)
    states = [each.state for each in preparing.questions_of(held, found)]
    is_closable = closing.is_closable(held, found, db.clock(held))
    requests = [str(each.id) for each, _officer, _titles in waiting_here(held, found)]
    mark = [found.state, str(bool(found.last_call_at)), str(is_closable), *states, *requests]
    return {
        "turnout": _(
            "%(cast)d von %(roll)d haben abgestimmt", cast=figures.cast, roll=figures.roll
        ),
        "mark": " ".join(mark),
    }
