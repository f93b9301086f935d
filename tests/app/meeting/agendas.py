"""Agendas for the tests of this room."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from app.meeting import ordering
from app.models import AgendaItem, Meeting
from tests.app.builder import Council

TITLES = ("Begrüßung", "Aussprache zum Sommerfest", "Verschiedenes")


def plan(held: Session, area: Council, *, days: int = 14, **said: Any) -> Meeting:
    """A meeting of the council in some days, with three items of ten minutes, and commit."""
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
    known = {"starts_at": start, "place": "Gemeindesaal, Anger 1", "visibility": "public"}
    meeting = Meeting(area_id=area.area.id, body_id=area.body.id, **(known | said))
    held.add(meeting)
    held.flush()
    for title in TITLES:
        add(held, meeting, title)
    held.commit()
    return meeting


def add(held: Session, meeting: Meeting, title: str, **said: Any) -> AgendaItem:
    known = {"kind": "discussion", "length_minutes": 10, "position": 0}
    item = AgendaItem(area_id=meeting.area_id, meeting_id=meeting.id, title=title, **(known | said))
    return ordering.add(held, meeting, item)


def start(held: Session, meeting: Meeting) -> Meeting:
    """Let it be today and begun, and commit."""
    now = datetime.now(UTC)
    meeting.starts_at = now - timedelta(minutes=5)
    meeting.state, meeting.began_at, meeting.agenda_set_at = "running", now, now
    held.add(meeting)
    held.commit()
    return meeting
