"""A round at the desk: its page, and the acts from the draft to the close."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response as JsonResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session, select
from werkzeug.wrappers import Response

from app import (
    attendance,
    db,
    electoral_roll,
    recusal,
    report,
    rules_of_procedure,
    sharing,
    subject,
)
from app.desk.again import steps_offered
from app.desk.forms import OpenForm, in_berlin
from app.desk.routes import blueprint, waiting_here
from app.models import Body, Decision, Meeting, Member, Question, Recusal, Round
from app.own_row import load
from app.policy import Action, requires
from app.proceedings import approving, record
from app.proceedings.record import Record
from app.round import (
    afterwards,
    announcing,
    closing,
    count_key,
    opening,
    papers,
    polling,
    preparing,
    releasing,
    reminding,
    repeating,
    showing,
)
from app.round.progress import progress
from app.round.standing import standing
from app.round.turnout import turnout
from app.subject import Subject
from app.text import BERLIN


@dataclass(frozen=True)
class Item:
    """A question with what the page says of it; `figures` are live until they are frozen."""

    question: Question
    subject: Subject
    figures: dict[str, Any] | None
    stopped: str | None
    recused: Sequence[tuple[Recusal, Member]]
    decision: Decision | None
    rules_version: int | None
    second_ballot: int

    @property
    def names(self) -> str:
        """Who is recused."""
        return ", ".join(member.name for _recusal, member in self.recused)


@blueprint.get("/rounds/<round_id>")
@requires(Action.RUN_ROUNDS)
def round_(round_id: str) -> str:
    held = db.session()
    found = load(held, Round, round_id)
    questions = preparing.questions_of(held, found)
    meeting = held.get_one(Meeting, found.meeting_id) if found.meeting_id else None
    items = [item(held, found, each) for each in questions]
    missing = announcing.missing_rules(held, found)
    is_before = recusal.is_possible(found) and not missing
    now = db.clock(held)
    return render_template(
        "desk/round.html",
        round=found,
        progress=progress(found, questions),
        meeting=meeting,
        body=held.get_one(Body, found.body_id),
        items=items,
        missing=missing,
        missing_words=announcing.missing_words(held, found),
        without_key=electoral_roll.without_key(held, found) if is_before else [],
        turnout=turnout(held, found),
        papers=papers.of_round(held, found.id),
        last_call_ends=_ends(found),
        is_closable=closing.is_closable(held, found, now),
        is_over=meeting is not None and attendance.is_over(meeting, now),
        is_due=afterwards.is_due(found, meeting, now),
        is_showable=showing.is_showable(held, found),
        pollable=polling.pollable(held, found),
        minutes_asked=_minutes_asked(held, found),
        next_steps=steps_offered(held, found, items),
        repeated_by=repeating.repeat_of(held, found),
        may_repeat=any(repeating.is_free(held, each) for each in questions),
        reminders=reminding.sent(held, found),
        absent=len(electoral_roll.declared_absent(held, found)),
        leaves_room=not missing and recusal.leaves_room(rules_of_procedure.procedure(held, found)),
        suggested=recusal.suggested(held, found),
        **_count_keys(held, found),
        waiting=waiting_here(held, found),
        reports=report.of_round(held, found),
        **sharing.shown(held, found, now),
        pulse=_pulse(held, found),
    )


def _minutes_asked(held: Session, found: Round) -> Record | None:
    """The minutes on which this round votes."""
    meeting = approving.asked_in(held, found)
    return record.of(held, meeting) if meeting else None


def _count_keys(held: Session, found: Round) -> dict[str, Any]:
    """Whose keys the next opening takes, and whose keys open the count of this round."""
    keys = count_key.keys_of(held, found.meeting_id) if found.trust == "evening" else []
    return {
        "count_keys": [(key, held.get_one(Member, key.member_id)) for key in keys],
        "left_holders": count_key.left(held, found.meeting_id) if keys else [],
        "fewest_keys": count_key.EVENING.fewest,
        "trustees": count_key.trustees_now(held, found, db.clock(held)),
        **_count_holders(held, found),
    }


def _count_holders(held: Session, found: Round) -> dict[str, Any]:
    """Whose keys open the count of a closed round, and how many of them it takes."""
    holders = releasing.holders(held, found) if found.state == "closed" else []
    return {"count_holders": holders, "needed_holders": releasing.needed(found, holders)}


@blueprint.get("/rounds/<round_id>/pulse")
@requires(Action.RUN_ROUNDS)
def pulse(round_id: str) -> JsonResponse:
    held = db.session()
    response = jsonify(_pulse(held, load(held, Round, round_id)))
    response.add_etag()
    response.make_conditional(request)
    return response


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
        found = load(held, Round, round_id)
        form.closes_at.process_data(in_berlin(found.closes_at))
        return _check_page(held, found, form)
    if not (form.validate() and form.ends_between(db.clock(held))):
        return _check_page(held, load(held, Round, round_id), form), 422
    held = db.begin_write()
    found = load(held, Round, round_id, lock=True)
    if not form.is_said(_said(held, found)):
        return _check_page(held, found, form), 422
    if found.mode == "meeting":
        found.closes_at = form.end
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
    figures, stopped = standing(held, owner, question)
    return Item(
        question=question,
        subject=subject.of(held, question),
        figures=figures,
        stopped=stopped,
        recused=recusal.of_question(held, question),
        decision=held.exec(select(Decision).where(Decision.question_id == question.id)).first(),
        rules_version=rules_of_procedure.frozen_version(held, owner),
        second_ballot=len(repeating.left_for_second_ballot(held, owner, question)),
    )


def _ends(found: Round) -> str:
    """The end to the second, which a last call needs."""
    return found.closes_at.astimezone(BERLIN).strftime("%H:%M:%S") if found.closes_at else ""


def _check_page(held: Session, found: Round, form: OpenForm) -> str:
    questions = preparing.questions_of(held, found)
    missing = announcing.missing_rules(held, found)
    form.said.data = _said(held, found)
    return render_template(
        "desk/open.html",
        round=found,
        items=[item(held, found, each) for each in questions],
        missing=missing,
        without_key=[] if missing else electoral_roll.without_key(held, found),
        rules=rules_of_procedure.in_force(held, found.body_id),
        **_count_keys(held, found),
        form=form,
        pulse=_pulse(held, found),
    )


def _pulse(held: Session, found: Round) -> dict[str, str]:
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


def _key_marks(held: Session, found: Round) -> list[str]:
    """What changes when a key comes or its part of the count."""
    if found.state == "closed":
        return [str(each.has_released) for each in releasing.holders(held, found)]
    keys = [key.public_key for key in count_key.keys_of(held, found.meeting_id)]
    gone = [str(each.id) for each in count_key.left(held, found.meeting_id)]
    return [*keys, *gone, str(bool(count_key.trustees_now(held, found, db.clock(held))))]


def _said(held: Session, found: Round) -> str:
    """The numbers that were read out before the opening."""
    return " ".join(_marks(held, found, preparing.questions_of(held, found)))


def _marks(held: Session, found: Round, questions: Sequence[Question]) -> list[str]:
    """What changes when somebody comes, goes or is recused."""
    names = ("entitled", "recused", "quorum_have", "required_yes")
    marks = []
    for each in questions:
        figures, stopped = standing(held, found, each)
        numbers = [str((figures or {}).get(name)) for name in names]
        marks += [*numbers, str(stopped), str(len(recusal.of_question(held, each)))]
    return marks
