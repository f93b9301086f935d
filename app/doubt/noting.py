""" "Einwand ins Protokoll": what a member wants to have in the minutes about an outcome."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import db, subject
from app.doubt.forms import NoteForm
from app.doubt.routes import blueprint
from app.models import Member, NotedObjection, Question, RollEntry, Seat
from app.own_row import load
from app.policy import Action, requires


@blueprint.route("/desk/questions/<question_id>/note", methods=["GET", "POST"])
@requires(Action.RUN_ROUNDS)
def note(question_id: str) -> ResponseReturnValue:
    held = db.session()
    question = load(held, Question, question_id)
    voters = _voters(held, question)
    form = NoteForm()
    form.offer(voters)
    if not form.is_submitted():
        return _page(held, question, form)
    if not form.validate():
        return _page(held, question, form), 422
    member_id = next(member.id for _entry, seat, member in voters if seat.id == form.seat.data)
    held = db.begin_write()
    held.add(
        NotedObjection(
            area_id=question.area_id,
            question_id=question_id,
            seat_id=form.seat.data,
            member_id=member_id,
            is_named=form.is_named.data,
            words=form.words.data,
            noted_at=db.clock(held),
        )
    )
    flash(_("Das steht im Entwurf des Protokolls."))
    return redirect(url_for(".note", question_id=question_id), 303)


@blueprint.post("/desk/notes/<int:note_id>/remove")
@requires(Action.RUN_ROUNDS)
def remove_note(note_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    found = load(held, NotedObjection, note_id)
    question_id = found.question_id
    held.delete(found)
    flash(_("Herausgenommen."))
    return redirect(url_for(".note", question_id=question_id), 303)


def _voters(held: Session, question: Question) -> Sequence[tuple[RollEntry, Seat, Member]]:
    return held.exec(
        select(RollEntry, Seat, Member)
        .join(Seat, col(Seat.id) == RollEntry.seat_id)
        .join(Member, col(Member.id) == RollEntry.member_id)
        .where(RollEntry.question_id == question.id)
        .order_by(col(Seat.position))
    ).all()


def _page(held: Session, question: Question, form: NoteForm) -> str:
    noted = held.exec(
        select(NotedObjection, Seat, Member)
        .join(Seat, col(Seat.id) == NotedObjection.seat_id)
        .join(Member, col(Member.id) == NotedObjection.member_id)
        .where(NotedObjection.question_id == question.id)
        .order_by(col(NotedObjection.id))
    ).all()
    return render_template(
        "doubt/note.html",
        question=question,
        title=subject.of(held, question).title,
        noted=noted,
        form=form,
    )
