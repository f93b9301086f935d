"""Reading the minutes: the list, one page, the same as a PDF."""

from flask import Response, render_template

from app import db
from app.minutes.routes import blueprint, load_readable, readable
from app.models import Body
from app.pdf.typesetting import typeset
from app.policy import Action, requires
from app.proceedings import block, deadline, document, record
from app.proceedings.approving import approving_item


@blueprint.get("/")
@requires(Action.READ_MINUTES)
def index() -> str:
    held = db.session()
    lines = [(meeting, record.stored_of(held, meeting)) for meeting in readable(held)]
    bodies = {meeting.body_id: held.get_one(Body, meeting.body_id) for meeting, _ in lines}
    return render_template("minutes/index.html", lines=lines, bodies=bodies)


@blueprint.get("/<int:meeting_id>")
@requires(Action.READ_MINUTES)
def minutes(meeting_id: int) -> str:
    held = db.session()
    found = record.of(held, load_readable(held, meeting_id))
    return render_template(
        "minutes/minutes.html",
        record=found,
        document=document.for_members(found),
        item=approving_item(held, found.meeting),
        due=deadline.day_due(held, found.meeting),
    )


@blueprint.get("/<int:meeting_id>.pdf")
@requires(Action.READ_MINUTES)
def pdf(meeting_id: int) -> Response:
    held = db.session()
    found = record.of(held, load_readable(held, meeting_id))
    data = block.as_data(document.for_members(found))
    db.end_read()
    response = Response(typeset("minutes", data, found.changed_at), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{meeting_id}.pdf"'
    return response
