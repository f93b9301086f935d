"""Who is at a meeting is noted: who holds a seat on that day, and who may stand in."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app import electoral_roll
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
    return {each.member_id for each in _there(held, meeting)}


def _there(held: Session, meeting: Meeting) -> Sequence[Attendance]:
    found = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return held.exec(found.where(col(Attendance.left_at).is_(None))).all()


def standing(held: Session, meeting: Meeting) -> dict[str, Any] | None:
    """What who is there now is enough for; None while a rule of it is missing."""
    body = held.get_one(Body, meeting.body_id)
    rules = electoral_roll.rules_in_force(held, body.id)
    if rules is None or electoral_roll.missing_rules(held, body.id):
        return None
    procedure = electoral_roll.procedure_of(rules)
    term = term_on(held, body, day_of(meeting.starts_at))
    facts = electoral_roll.roll_at(held, meeting, term, procedure).facts
    return electoral_roll.figures(facts, procedure)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether it was closed, or the day after has passed too; what was noted stays then."""
    if meeting.state in ("closed", "cancelled"):
        return True
    return day_of(now) > day_of(meeting.starts_at) + GRACE


def is_day_of(meeting: Meeting, now: datetime) -> bool:
    """Whether members can say themselves that they are there: on its day, until it is over."""
    return day_of(now) >= day_of(meeting.starts_at) and not is_over(meeting, now)


def require_day_of(meeting: Meeting, now: datetime) -> None:
    if not is_day_of(meeting, now):
        raise Refused("not_the_day")


def require_running(meeting: Meeting, now: datetime) -> None:
    if is_over(meeting, now):
        raise Refused("meeting_over")


def note(held: Session, meeting: Meeting, member_ids: Collection[int], now: datetime) -> None:
    """Say who is there now: the others leave. Rolls of rounds that are open stay as they are."""
    known = {member.id for member in members_at(held, meeting)}
    present = present_at(held, meeting)
    for member_id in sorted(known & set(member_ids) - present):
        arrive(held, meeting, member_id, now)
    for member_id in sorted(present - set(member_ids)):
        leave(held, meeting, member_id, now)


def arrive(
    held: Session, meeting: Meeting, member_id: int, now: datetime, via: str = "desk"
) -> None:
    """Somebody is there from now on; who is there already stays so."""
    if member_id in present_at(held, meeting):
        return
    held.add(
        Attendance(
            area_id=meeting.area_id,
            meeting_id=meeting.id,
            member_id=member_id,
            arrived_at=now,
            via=via,
        )
    )
    held.flush()


def leave(held: Session, meeting: Meeting, member_id: int, now: datetime) -> None:
    """Somebody is there until now."""
    for each in _there(held, meeting):
        if each.member_id == member_id:
            each.left_at = now
    held.flush()
