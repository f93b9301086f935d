""" "Ich bin da": a member who has the address from the hall or the door says so."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import Session

from app import attendance, db, hall_key, way_back
from app.hall.routes import blueprint
from app.models import Body, Meeting, Member
from app.policy import Action, may, requires

WAYS = ("phone", "door")


@blueprint.get("/sitzung/<int:meeting_id>/da")
@requires(Action.READ_PUBLIC)
def arriving(meeting_id: int) -> ResponseReturnValue:
    held = db.session()
    meeting = _load(held, meeting_id)
    if not current_user.is_authenticated:
        way_back.keep()
    member = current_user.person if may(Action.VOTE) else None
    return render_template(
        "hall/arriving.html",
        meeting=meeting,
        body=held.get_one(Body, meeting.body_id),
        is_open=attendance.is_day_of(meeting, db.clock(held)),
        belongs=member is not None and _belongs(held, meeting, member),
        is_there=member is not None and member.id in attendance.present_at(held, meeting),
    )


@blueprint.post("/sitzung/<int:meeting_id>/da")
@requires(Action.VOTE)
def arrive(meeting_id: int) -> ResponseReturnValue:
    held = db.begin_write()
    meeting = _load(held, meeting_id, lock=True)
    now = db.clock(held)
    attendance.require_day_of(meeting, now)
    if not _belongs(held, meeting, current_user.person):
        abort(404)
    key, via = (request.args.get(name, "") for name in ("key", "via"))
    way = via if via in WAYS else "phone"
    attendance.arrive(held, meeting, current_user.person.id, now, way)
    return redirect(url_for(".arriving", meeting_id=meeting_id, key=key, via=way), 303)


def _load(held: Session, meeting_id: int, *, lock: bool = False) -> Meeting:
    """The meeting whose address somebody has; without its secret there is none."""
    meeting = held.get(Meeting, meeting_id, with_for_update=lock)
    typed = request.args.get("key", "")
    if meeting is None or not hall_key.fits_arriving(meeting.hall_key, typed):
        abort(404)
    if current_user.is_authenticated and meeting.area_id != current_user.area_id:
        abort(404)
    return meeting


def _belongs(held: Session, meeting: Meeting, member: Member) -> bool:
    """Whether somebody can attend with a vote."""
    return any(each.id == member.id for each in attendance.members_at(held, meeting))
