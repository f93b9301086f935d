"""Who is at a meeting is noted: who holds a seat on that day, and who may stand in."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from app import electoral_roll, rules_of_procedure
from app.body import Person, day_of, people_of, term_on
from app.errors import Refused
from app.models import Attendance, Body, Meeting, Member, Minutes
from app.text import BERLIN

GRACE = timedelta(days=1)
# After this nobody comes or goes any more: what is missing is entered from the list on paper.
LONGEST = timedelta(hours=12)


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
    rules = rules_of_procedure.in_force(held, body.id)
    if rules is None or rules_of_procedure.missing(held, body.id):
        return None
    procedure = rules_of_procedure.procedure_of(rules)
    term = term_on(held, body, day_of(meeting.starts_at))
    facts = electoral_roll.roll_at(held, meeting, term, procedure).facts
    return electoral_roll.figures(facts, procedure)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether it was closed, or the day after has passed too; what was noted stays then."""
    if meeting.state in ("closed", "cancelled"):
        return True
    return day_of(now) > day_of(meeting.starts_at) + GRACE


def is_day_of(meeting: Meeting, now: datetime) -> bool:
    """Whether members can say themselves that they are there: from its day on, while it is live."""
    return day_of(now) >= day_of(meeting.starts_at) and is_live(meeting, now)


def require_day_of(meeting: Meeting, now: datetime) -> None:
    if not is_day_of(meeting, now):
        raise Refused("not_the_day")


def require_running(meeting: Meeting, now: datetime) -> None:
    if is_over(meeting, now):
        raise Refused("meeting_over")


def is_live(meeting: Meeting, now: datetime) -> bool:
    """Whether coming and going is noted as it happens; later only times are entered."""
    return not is_over(meeting, now) and now < meeting.starts_at + LONGEST


def require_live(meeting: Meeting, now: datetime) -> None:
    require_running(meeting, now)
    if not is_live(meeting, now):
        raise Refused("times_needed")


def may_enter(held: Session, meeting: Meeting, now: datetime) -> bool:
    """Whether what happened can be entered afterwards: until the body has approved the minutes."""
    if meeting.state == "cancelled" or now < meeting.starts_at:
        return False
    minutes = held.get(Minutes, meeting.id)
    return minutes is None or not minutes.is_fixed


def require_enterable(held: Session, meeting: Meeting, now: datetime) -> None:
    """Refuse where a meeting is over and nothing of it can be entered afterwards either."""
    if is_over(meeting, now) and not may_enter(held, meeting, now):
        raise Refused("meeting_over")


def on_its_day(meeting: Meeting, clock: time) -> datetime:
    """A time of day in Berlin on the day of the meeting."""
    return datetime.combine(day_of(meeting.starts_at), clock, tzinfo=BERLIN).astimezone(UTC)


def begin_of(meeting: Meeting) -> datetime:
    """When it began, at the latest as announced."""
    return min(meeting.began_at or meeting.starts_at, meeting.starts_at)


def end_of(held: Session, meeting: Meeting, now: datetime) -> datetime:
    """When a meeting ends that is closed now: on a later day, when the last one had left."""
    if is_live(meeting, now) or _there(held, meeting):
        return now
    left = select(func.max(Attendance.left_at)).where(Attendance.meeting_id == meeting.id)
    return held.exec(left).one() or now


def note(
    held: Session,
    meeting: Meeting,
    now: datetime,
    come: Collection[int] = (),
    gone: Collection[int] = (),
) -> None:
    """Say who came and who left; all others stay as they are, and so do rolls that are open."""
    known = {member.id for member in members_at(held, meeting)}
    for member_id in sorted(known & set(come)):
        arrive(held, meeting, member_id, now)
    for member_id in sorted(known & set(gone)):
        leave(held, meeting, member_id, now)


def stays_at(held: Session, meeting: Meeting) -> dict[int, list[Attendance]]:
    """From when to when each member was there, in order."""
    rows = held.exec(
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(col(Attendance.arrived_at), col(Attendance.id))
    )
    found: dict[int, list[Attendance]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def correct(
    held: Session,
    stay: Attendance,
    arrived_at: datetime,
    left_at: datetime | None,
    entered_at: datetime | None = None,
) -> None:
    """Other times for one stay; what was noted first is kept beside them.

    `entered_at` says when that was done after the meeting.
    """
    if (arrived_at, left_at) != (stay.arrived_at, stay.left_at):
        stay.entered_at = entered_at or stay.entered_at
    if arrived_at != stay.arrived_at:
        stay.first_arrived_at = stay.first_arrived_at or stay.arrived_at
        stay.arrived_at = arrived_at
    if left_at != stay.left_at:
        stay.first_left_at = stay.first_left_at or stay.left_at
        stay.left_at = left_at
    held.flush()


def enter(
    held: Session,
    meeting: Meeting,
    member_id: int,
    arrived_at: datetime,
    left_at: datetime | None,
    now: datetime,
) -> None:
    """Note afterwards from when to when somebody was there."""
    held.add(
        Attendance(
            area_id=meeting.area_id,
            meeting_id=meeting.id,
            member_id=member_id,
            arrived_at=arrived_at,
            left_at=left_at,
            entered_at=now,
        )
    )
    held.flush()


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
