"""A meeting runs: it begins, its items come and go, it ends or does not take place."""

from collections import Counter
from datetime import datetime

from sqlmodel import Session, select

from app import agenda, attendance
from app.body import day_of
from app.errors import Refused
from app.models import AgendaItem, Meeting, Round
from app.round import releasing

BEFORE = ("planned", "invited")


def may_begin(meeting: Meeting, now: datetime) -> bool:
    """Whether it can begin: on its day, once, unless it was cancelled."""
    return (
        meeting.state in BEFORE
        and day_of(now) >= day_of(meeting.starts_at)
        and attendance.is_live(meeting, now)
    )


def may_close(meeting: Meeting, now: datetime) -> bool:
    """Whether it can end: also one that nobody began, when its time has come."""
    return meeting.state == "running" or (meeting.state in BEFORE and meeting.starts_at <= now)


def begin(meeting: Meeting, now: datetime) -> None:
    if not may_begin(meeting, now):
        raise Refused("meeting_not_now")
    meeting.state, meeting.began_at = "running", now


def close(held: Session, meeting: Meeting, now: datetime) -> None:
    """Nothing of it changes afterwards; a vote that is open or uncounted stands against it."""
    if not may_close(meeting, now):
        raise Refused("already_done")
    require_no_open_round(held, meeting)
    require_no_waiting_key(held, meeting)
    running = agenda.current(agenda.items_of(held, meeting))
    ended = attendance.end_of(held, meeting, now)
    if running:
        running.ended_at = ended
    meeting.state, meeting.closed_at = "closed", ended


def cancel(held: Session, meeting: Meeting, reason: str, now: datetime) -> None:
    """It does not take place; its page stays and says so."""
    if meeting.state not in BEFORE:
        raise Refused("already_done")
    require_no_open_round(held, meeting)
    require_no_waiting_key(held, meeting)
    meeting.state, meeting.cancelled_at, meeting.cancel_reason = "cancelled", now, reason
    meeting.sequence += 1


def require_no_open_round(held: Session, meeting: Meeting) -> None:
    """Refuse while a round is open; none of them opens until this is committed."""
    held.exec(select(Round.id).where(Round.meeting_id == meeting.id).with_for_update()).all()
    if rounds_by_state(held, meeting)["open"]:
        raise Refused("round_open")


def require_no_waiting_key(held: Session, meeting: Meeting) -> None:
    """Refuse while a sum waits for evening keys: with the meeting they leave the phones."""
    if releasing.unopened_at(held, meeting):
        raise Refused("round_uncounted")


def rounds_by_state(held: Session, meeting: Meeting) -> Counter[str]:
    """How many rounds of the meeting stand where."""
    return Counter(held.exec(select(Round.state).where(Round.meeting_id == meeting.id)))


def begin_item(held: Session, meeting: Meeting, item: AgendaItem, now: datetime) -> None:
    """This item is on; the one before it ends. One that ended is taken up again."""
    if meeting.state != "running":
        raise Refused("meeting_not_running")
    running = agenda.current(agenda.items_of(held, meeting))
    if running and running.id != item.id:
        running.ended_at = now
    item.began_at, item.ended_at = item.began_at or now, None


def end_item(item: AgendaItem, now: datetime) -> None:
    if item.began_at is None or item.ended_at is not None:
        raise Refused("already_done")
    item.ended_at = now


def after(held: Session, meeting: Meeting, item: AgendaItem) -> AgendaItem | None:
    """The item that comes after this one, if it was not on yet."""
    items = agenda.items_of(held, meeting)
    return next(
        (each for each in items if each.position > item.position and not each.began_at), None
    )
