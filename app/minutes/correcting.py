"""The words of a section are corrected; the old ones stay to be read."""

from datetime import datetime

from sqlmodel import Session

from app.models import Meeting, MinutesCorrection, Officer
from app.proceedings import record
from app.proceedings.keeping import of_meeting, require_correctable
from app.proceedings.record import Record


def correct(
    held: Session, found: Record, section: str, text: str, officer: Officer, now: datetime
) -> bool:
    """Store the new words as the next version; False if they are the old ones."""
    require_correctable(found)
    before = found.words(section)
    if text == before:
        return False
    stored = of_meeting(held, found.meeting)
    stored.state = "corrected"
    held.add(
        MinutesCorrection(
            area_id=found.meeting.area_id,
            meeting_id=found.meeting.id,
            version=found.version + 1,
            section=section,
            before=before,
            text=text,
            officer_id=officer.id,
            corrected_at=now,
        )
    )
    held.flush()
    return True


def check(held: Session, meeting: Meeting, officer: Officer, now: datetime) -> None:
    """Note that an officer has read the minutes through; the first time counts."""
    require_correctable(record.of(held, meeting))
    stored = of_meeting(held, meeting)
    if stored.checked_at is None:
        stored.checked_at, stored.checked_by = now, officer.id
    held.flush()
