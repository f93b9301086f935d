"""What the next meeting of the area still needs: an agenda, an invitation, its beginning."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import agenda, coming_meeting, text
from app.body import day_of, voting_bodies
from app.desk.step import Step
from app.models import Area, Meeting


def find(held: Session, area: Area, now: datetime) -> Step | None:
    """The step for the meeting that runs, is today or comes next; None if it lacks nothing."""
    if running := _running(held, area):
        return _on(held, running)
    coming = [coming_meeting.next_of(held, body.id, now) for body in voting_bodies(held, area.id)]
    for meeting in sorted(filter(None, coming), key=lambda each: each.starts_at):
        if step := _before(meeting, now):
            return step
    return None


def _running(held: Session, area: Area) -> Meeting | None:
    return held.exec(
        select(Meeting)
        .where(Meeting.area_id == area.id, Meeting.state == "running")
        .order_by(col(Meeting.began_at))
    ).first()


def _on(held: Session, meeting: Meeting) -> Step:
    item = agenda.current(agenda.items_of(held, meeting))
    if item:
        address = url_for("meeting.item", item_id=item.id)
        return Step(_("Die Sitzung läuft"), item.title, _("Zum Punkt"), address)
    address = url_for("meeting.meeting", meeting_id=meeting.id)
    reason = _("Gerade ist kein Punkt dran.")
    return Step(_("Die Sitzung läuft"), reason, _("Zur Sitzung"), address)


def _before(meeting: Meeting, now: datetime) -> Step | None:
    """A meeting without an agenda can be held too: on its day nothing is asked for any more."""
    when = _("Sitzung: %(moment)s", moment=text.moment(meeting.starts_at))
    address = url_for("meeting.meeting", meeting_id=meeting.id)
    if day_of(meeting.starts_at) == day_of(now):
        is_ready = meeting.agenda_set_at is not None
        return Step(_("Sitzung beginnen"), when, _("Zur Sitzung"), address) if is_ready else None
    if meeting.agenda_set_at is None:
        address = url_for("meeting.agenda_page", meeting_id=meeting.id)
        return Step(_("Tagesordnung festlegen"), when, _("Zur Tagesordnung"), address)
    address = url_for("meeting.meeting", meeting_id=meeting.id, _anchor="invitation")
    if meeting.told_sequence is None:
        return Step(_("Einladung verschicken"), when, _("Zur Einladung"), address)
    if meeting.told_sequence != meeting.sequence:
        return Step(_("Änderung mitteilen"), when, _("Zur Einladung"), address)
    return None
