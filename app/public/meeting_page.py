"""The public page of a meeting, its documents and its dates for calendars."""

from io import BytesIO

from flask import Response, abort, send_file

from app import calendar_file, db
from app.policy import Action, requires
from app.public import body as bodies
from app.public import meeting as meetings
from app.public.page import download, page
from app.public.routes import blueprint
from app.rich_text import render


@blueprint.get("/sitzung/<int:meeting_id>")
@requires(Action.READ_PUBLIC)
def meeting(meeting_id: int) -> Response:
    shown = meetings.find(db.session(), meeting_id) or abort(404)
    return page("public/meeting.html", render=render, **shown._asdict())


@blueprint.get("/sitzung/<int:meeting_id>.ics")
@requires(Action.READ_PUBLIC)
def meeting_date(meeting_id: int) -> Response:
    held = db.session()
    shown = meetings.find(held, meeting_id) or abort(404)
    content = meetings.calendar_of(held, shown.meeting, db.clock(held))
    return download(content, f"sitzung-{meeting_id}.ics", calendar_file.MEDIA_TYPE)


@blueprint.get("/gremium/<int:body_id>/termine.ics")
@requires(Action.READ_PUBLIC)
def body_dates(body_id: int) -> Response:
    held = db.session()
    body, _area = bodies.find(held, body_id) or abort(404)
    content = meetings.calendar_of_body(held, body, db.clock(held))
    return download(content, f"termine-{body_id}.ics", calendar_file.MEDIA_TYPE)


@blueprint.get("/sitzung/<int:meeting_id>/unterlagen/<int:document_id>")
@requires(Action.READ_PUBLIC)
def meeting_document(meeting_id: int, document_id: int) -> Response:
    found = meetings.document(db.session(), meeting_id, document_id) or abort(404)
    return send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.name,
        etag=False,
    )
