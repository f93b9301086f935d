"""Minutes at every step of their way, for the walk through all doors."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from app.models import AgendaItem, Meeting
from app.proceedings import approving
from tests.app import builder
from tests.app.rights.ground import Ground

READ = "minutes.minutes minutes.pdf minutes.correct minutes.check minutes.approve"
PUBLIC = "public.minutes public.minutes_pdf"


def build(held: Session, ground: Ground) -> None:
    """A draft that may be approved, approved minutes, published ones, and the meeting after."""
    weeks = {name: _meeting(held, ground, n) for n, name in enumerate(("next", "d", "a", "p"))}
    last = weeks.pop("next")
    last.state = "running"
    for meeting in weeks.values():
        _put_on_agenda(held, ground, last, meeting)
    now, officer = datetime.now(UTC), ground.council.moderators[0]
    for meeting in (weeks["a"], weeks["p"]):
        approving.approve(held, meeting, officer, now)
    approving.publish(held, weeks["p"], now)
    ground.set_at(READ, meeting_id=weeks["d"].id, section="attendance")
    ground.set_at("minutes.publish", meeting_id=weeks["a"].id)
    ground.set_at(PUBLIC, meeting_id=weeks["p"].id)


def _meeting(held: Session, ground: Ground, weeks_ago: int) -> Meeting:
    """A meeting that is over, with one point."""
    start = datetime.now(UTC) - timedelta(weeks=weeks_ago + 1)
    made = builder.build_meeting(ground.council.body, start)
    made.place, made.state = f"Saal {ground.name}", "closed"
    made.began_at, made.closed_at = start, start + timedelta(hours=2)
    held.add(made)
    held.flush()
    held.add(_item(made, f"Bericht {ground.name}", kind="information"))
    held.flush()
    return made


def _put_on_agenda(held: Session, ground: Ground, later: Meeting, meeting: Meeting) -> None:
    title = f"Protokoll {ground.name}"
    held.add(_item(later, title, kind="minutes", approves_meeting_id=meeting.id))
    held.flush()


def _item(meeting: Meeting, title: str, **more: Any) -> AgendaItem:
    named = {"area_id": meeting.area_id, "meeting_id": meeting.id}
    return AgendaItem(**named, position=1, title=title, **more)
