"""The minutes of a meeting in public: approved, and without names and talk."""

from flask import Response, abort

from app import db
from app.models import Area, Meeting
from app.pdf.typesetting import typeset
from app.policy import Action, requires
from app.proceedings import block, document, record
from app.proceedings.record import Record
from app.public.page import download, page
from app.public.routes import blueprint


@blueprint.get("/sitzung/<int:meeting_id>/protokoll")
@requires(Action.READ_PUBLIC)
def minutes(meeting_id: int) -> Response:
    found = _published(meeting_id)
    return page(
        "public/minutes.html",
        meeting=found.meeting,
        area=db.session().get_one(Area, found.meeting.area_id),
        document=document.for_everybody(found),
    )


@blueprint.get("/sitzung/<int:meeting_id>/protokoll.pdf")
@requires(Action.READ_PUBLIC)
def minutes_pdf(meeting_id: int) -> Response:
    found = _published(meeting_id)
    data = block.as_data(document.for_everybody(found))
    db.end_read()
    made = typeset("minutes", data, found.changed_at)
    return download(made, f"protokoll-{meeting_id}.pdf", "application/pdf")


def _published(meeting_id: int) -> Record:
    held = db.session()
    meeting = held.get(Meeting, meeting_id)
    stored = record.stored_of(held, meeting) if meeting else None
    if meeting is None or stored is None or stored.state != "published":
        abort(404)
    return record.of(held, meeting)
