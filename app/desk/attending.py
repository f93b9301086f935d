"""Who is at a meeting is noted: who holds a seat on that day, and who may stand in."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from app.body import Person, day_of, people_of, term_on
from app.errors import Refused
from app.models import Attendance, Body, Meeting, Member

GRACE = timedelta(days=1)


def people_at(held: Session, meeting: Meeting) -> list[Person]:
    """Everybody who can attend with a vote: holders, then deputies, then the reserve list."""
    body = held.get_one(Body, meeting.body_id)
    day = day_of(meeting.starts_at)
    return people_of(held, term_on(held, body, day), day)


def members_at(held: Session, meeting: Meeting) -> list[Member]:
    """The members among whom attendance and recusals are noted."""
    return [person.member for person in people_at(held, meeting)]


def stand_ins_at(held: Session, meeting: Meeting) -> list[Person]:
    """Who holds no seat on that day and may vote for one whose holder does not."""
    return [each for each in people_at(held, meeting) if each.capacity != "holder"]


def present_at(held: Session, meeting: Meeting) -> set[int]:
    """The members who are there."""
    found = select(Attendance.member_id).where(Attendance.meeting_id == meeting.id)
    return set(held.exec(found))


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether the day after the meeting has passed too; what was noted stays then."""
    return day_of(now) > day_of(meeting.starts_at) + GRACE


def require_running(meeting: Meeting, now: datetime) -> None:
    if is_over(meeting, now):
        raise Refused("meeting_over")


def note(held: Session, meeting: Meeting, member_ids: Collection[int]) -> None:
    """Replace who is there. Rolls of rounds that are open stay as they are."""
    known = {member.id for member in members_at(held, meeting)}
    held.exec(delete(Attendance).where(col(Attendance.meeting_id) == meeting.id))
    for member_id in sorted(known & set(member_ids)):
        held.add(Attendance(area_id=meeting.area_id, meeting_id=meeting.id, member_id=member_id))
    held.flush()
