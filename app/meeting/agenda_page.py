"""The agenda at the desk: its page, its order, and when it is set."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.wrappers import Response

from app import agenda, attendance, db
from app.errors import Refused
from app.meeting import changing, ordering, usual
from app.meeting.routes import DESK, ITEM, blueprint
from app.models import AgendaItem, Meeting
from app.own_row import load
from app.policy import Action, requires
from app.row_id import number


@blueprint.get(f"{DESK}/agenda")
@requires(Action.RUN_ROUNDS)
def agenda_page(meeting_id: int) -> str:
    held = db.session()
    found = load(held, Meeting, meeting_id)
    lines = agenda.lines_of(held, found)
    return render_template(
        "meeting/agenda.html",
        meeting=found,
        lines=lines,
        used={line.item.id for line in lines if ordering.is_used(held, line.item)},
        ends_at=agenda.planned_end(held, found),
        is_untold=changing.is_untold(found),
        is_over=attendance.is_over(found, db.clock(held)),
    )


@blueprint.post(f"{DESK}/agenda/usual")
@requires(Action.RUN_ROUNDS)
def take_usual(meeting_id: int) -> Response:
    held = db.begin_write()
    usual.fill(held, load_running(held, meeting_id))
    flash(_("Die übliche Tagesordnung steht da. Ändern Sie, was nicht passt."))
    return redirect(url_for(".agenda_page", meeting_id=meeting_id), 303)


@blueprint.get(f"{DESK}/agenda/set")
@requires(Action.RUN_ROUNDS)
def set_agenda(meeting_id: int) -> str:
    """What becomes public, in numbers."""
    held = db.session()
    found = load(held, Meeting, meeting_id)
    attendance.require_running(found, db.clock(held))
    lines = agenda.lines_of(held, found)
    if not lines:
        raise Refused("agenda_empty")
    if found.agenda_set_at:
        raise Refused("already_done")
    return render_template(
        "meeting/set_agenda.html",
        meeting=found,
        lines=lines,
        documents=sum(len(line.documents) for line in lines),
        ends_at=agenda.planned_end(held, found),
    )


@blueprint.post(f"{DESK}/agenda/set")
@requires(Action.RUN_ROUNDS)
def set_agenda_now(meeting_id: int) -> Response:
    held = db.begin_write()
    found = load_running(held, meeting_id)
    if not agenda.items_of(held, found):
        raise Refused("agenda_empty")
    found.agenda_set_at = found.agenda_set_at or db.clock(held)
    flash(_("Die Tagesordnung steht fest. Sie ist jetzt auf der Seite der Sitzung."))
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="invitation"), 303)


@blueprint.post(f"{ITEM}/move")
@requires(Action.RUN_ROUNDS)
def move_item(item_id: int) -> Response:
    held = db.begin_write()
    item = load(held, AgendaItem, item_id)
    found = load_running(held, item.meeting_id)
    ordering.move(held, found, item, _place(item, request.form.get("to", "")))
    return redirect(url_for(".agenda_page", meeting_id=found.id, _anchor=f"item-{item.id}"), 303)


def _place(item: AgendaItem, wanted: str) -> int:
    """One up, one down, or the place where it was dropped."""
    if wanted in ("up", "down"):
        return item.position + (-1 if wanted == "up" else 1)
    try:
        return number(wanted)
    except ValueError:
        raise Refused("bad_request") from None


def load_running(held: Session, meeting_id: int) -> Meeting:
    """A meeting of the visitor's area that can still be changed, locked."""
    found = load(held, Meeting, meeting_id, lock=True)
    attendance.require_running(found, db.clock(held))
    return found
