"""Minutes of the invented meetings: read through the next day, approved at the next meeting."""

from datetime import timedelta

from sqlmodel import Session

from app import coming_meeting
from app.demo import people
from app.minutes import correcting
from app.models import Meeting
from app.proceedings import approving

UNTIL_READ = timedelta(hours=16)
UNTIL_APPROVED = timedelta(minutes=10)


def write(held: Session, meeting: Meeting) -> None:
    """Let the meeting approve the minutes of the one before, and have its own read through."""
    first, _second = people.moderators(held)
    before = coming_meeting.last_before(held, meeting)
    if before and approving.approving_item(held, before):
        approving.approve(held, before, first, meeting.starts_at + UNTIL_APPROVED)
        approving.publish(held, before, meeting.starts_at + UNTIL_READ)
    correcting.check(held, meeting, first, meeting.starts_at + UNTIL_READ)
