"""Documents of an item: added and taken away at the desk, taken along by whoever may."""

from hashlib import sha512
from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import agenda, db
from app.errors import Refused
from app.meeting import changing
from app.meeting.agenda_page import load_running
from app.meeting.document_form import MOST_BYTES, DocumentForm
from app.meeting.item_form import NotesForm
from app.meeting.item_page import digest, page
from app.meeting.routes import DOCUMENT, ITEM, blueprint
from app.models import AgendaDocument, AgendaItem, Meeting
from app.own_row import load
from app.policy import Action, requires
from app.upload import takes_file

MOST_DOCUMENTS = 10


@blueprint.post(f"{ITEM}/documents")
@requires(Action.RUN_ROUNDS)
@takes_file(MOST_BYTES)
def add_document(item_id: int) -> Response | tuple[str, int]:
    held = db.session()
    found = load(held, AgendaItem, item_id)
    form = DocumentForm()
    if not form.validate() or form.kind is None:
        notes = NotesForm(formdata=None, data={"notes": found.notes, "shown": digest(found.notes)})
        return page(held, found, notes, form), 422
    held = db.begin_write()
    found = load(held, AgendaItem, item_id)
    meeting = load_running(held, found.meeting_id)
    if len(agenda.documents_of(held, [found])) >= MOST_DOCUMENTS:
        raise Refused("too_many_documents")
    held.add(
        AgendaDocument(
            area_id=found.area_id,
            agenda_item_id=found.id,
            name=form.name,
            media_type=form.kind.media_type,
            content=form.content,
            sha512=sha512(form.content).hexdigest(),
            added_at=db.clock(held),
        )
    )
    changing.note(meeting)
    flash(_("Die Unterlage ist dabei."))
    return redirect(url_for(".item", item_id=item_id, _anchor="documents"), 303)


@blueprint.get(f"{DOCUMENT}/remove")
@requires(Action.RUN_ROUNDS)
def remove_document(document_id: int) -> str:
    held = db.session()
    found = load(held, AgendaDocument, document_id)
    item = held.get_one(AgendaItem, found.agenda_item_id)
    meeting = held.get_one(Meeting, item.meeting_id)
    return render_template(
        "meeting/remove_document.html", document=found, item=item, meeting=meeting
    )


@blueprint.post(f"{DOCUMENT}/remove")
@requires(Action.RUN_ROUNDS)
def remove_document_now(document_id: int) -> Response:
    held = db.begin_write()
    found = load(held, AgendaDocument, document_id)
    item = held.get_one(AgendaItem, found.agenda_item_id)
    changing.note(load_running(held, item.meeting_id))
    held.delete(found)
    flash(_("Die Unterlage ist weg."))
    return redirect(url_for(".item", item_id=item.id, _anchor="documents"), 303)


@blueprint.get("/meetings/documents/<int:document_id>")
@requires(Action.READ_PROPOSALS)
def document(document_id: int) -> Response:
    """The file for whoever is signed in in the area, to keep; never shown as a page."""
    found = load(db.session(), AgendaDocument, document_id)
    return send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.name,
        etag=False,
    )
