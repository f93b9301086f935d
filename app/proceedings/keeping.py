"""What is stored of minutes: begun when somebody first works on them, open until approved."""

from sqlmodel import Session

from app.errors import Refused
from app.models import Meeting, Minutes
from app.proceedings.record import Record


def of_meeting(held: Session, meeting: Meeting) -> Minutes:
    """The stored minutes, begun if there are none; the caller has locked the meeting."""
    stored = held.get(Minutes, meeting.id)
    if stored is None:
        stored = Minutes(meeting_id=meeting.id, area_id=meeting.area_id)
        held.add(stored)
    return stored


def require_correctable(found: Record) -> None:
    """Minutes can be corrected from the end of the meeting until the body approves them."""
    if fault := fault_of(found):
        raise Refused(fault)


def fault_of(found: Record) -> str | None:
    """Why minutes cannot be corrected now."""
    if found.meeting.state != "closed":
        return "minutes_too_early"
    return "minutes_fixed" if found.stored and found.stored.is_fixed else None
