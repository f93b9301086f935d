"""One item during the meeting: it begins and ends, and notes are taken."""

from hashlib import sha512

from flask import flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response

from app import agenda, attendance, db
from app.errors import Refused, wants_json
from app.meeting import course, undoing
from app.meeting.agenda_page import load_running
from app.meeting.document_form import DocumentForm
from app.meeting.item_form import NotesForm
from app.meeting.routes import ITEM, blueprint
from app.models import AgendaItem, Meeting, Round
from app.own_row import load
from app.policy import Action, requires
from app.rich_text import render
from app.round.listing import entries


@blueprint.get(ITEM)
@requires(Action.RUN_ROUNDS)
def item(item_id: int) -> str:
    held = db.session()
    found = load(held, AgendaItem, item_id)
    return page(held, found, NotesForm(data=_noted(found)), DocumentForm())


@blueprint.post(f"{ITEM}/begin")
@requires(Action.TAKE_NOTES)
def begin_item(item_id: int) -> Response:
    held = db.begin_write()
    found = load(held, AgendaItem, item_id)
    course.begin_item(held, load_running(held, found.meeting_id), found, db.clock(held))
    return redirect(url_for(".item", item_id=item_id), 303)


@blueprint.post(f"{ITEM}/end")
@requires(Action.TAKE_NOTES)
def end_item(item_id: int) -> Response:
    held = db.begin_write()
    found = load(held, AgendaItem, item_id)
    meeting = load_running(held, found.meeting_id)
    course.end_item(found, db.clock(held))
    following = course.after(held, meeting, found)
    if following is None:
        return redirect(url_for(".meeting", meeting_id=meeting.id), 303)
    return redirect(url_for(".item", item_id=following.id), 303)


@blueprint.post(f"{ITEM}/notes")
@requires(Action.TAKE_NOTES)
def note(item_id: int) -> Response | tuple[str, int]:
    """Keep what was typed, unless somebody else wrote meanwhile: then both texts are shown."""
    held = db.begin_write()
    form = NotesForm()
    found = load(held, AgendaItem, item_id)
    load_running(held, found.meeting_id)
    held.refresh(found)
    is_other = form.shown.data != digest(found.notes) and form.notes.data != found.notes
    if is_other and wants_json():
        raise Refused("notes_changed")
    if not form.validate() or is_other:
        return page(held, found, form, DocumentForm(formdata=None), other=is_other), 422
    found.notes = form.notes.data or ""
    if wants_json():
        return jsonify(shown=digest(found.notes), message=_("Gespeichert."))
    flash(_("Die Notizen sind gespeichert."))
    return redirect(url_for(".item", item_id=item_id), 303)


def page(
    held: Session,
    found: AgendaItem,
    notes: NotesForm,
    upload: DocumentForm,
    *,
    other: bool = False,
) -> str:
    """The page of an item; `other` shows what somebody else wrote beside what was typed."""
    meeting = held.get_one(Meeting, found.meeting_id)
    rounds = held.exec(
        select(Round).where(agenda.is_of(found)).order_by(col(Round.created_at))
    ).all()
    if other:
        notes.shown.raw_data, notes.shown.data = None, digest(found.notes)
    return render_template(
        "meeting/item.html",
        meeting=meeting,
        line=next(each for each in agenda.lines_of(held, meeting) if each.item.id == found.id),
        rounds=entries(held, rounds),
        form=upload if upload.errors else notes,
        notes=notes,
        upload=upload,
        other=found.notes if other else None,
        is_over=attendance.is_over(meeting, db.clock(held)),
        may_enter=attendance.may_enter(held, meeting, db.clock(held)),
        may_take_back=undoing.may_take_back_item(held, found),
        render=render,
    )


def digest(notes: str) -> str:
    """What stands for a text that a page showed."""
    return sha512(notes.encode()).hexdigest()[:32]


def _noted(found: AgendaItem) -> dict[str, str]:
    return {"notes": found.notes, "shown": digest(found.notes)}
