"""What a resident may know about a meeting: a closed one shows its day and body only."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app import agenda, calendar_file
from app.agenda import Line
from app.models import (
    AgendaDocument,
    AgendaItem,
    Area,
    Body,
    Decision,
    Meeting,
    Minutes,
    Question,
    Round,
)

SHOWN_COMING = 3


class Shown(NamedTuple):
    """A meeting on its page; `lines` is empty until the agenda is set, and where it is closed."""

    meeting: Meeting
    body: Body
    area: Area
    is_whole: bool
    lines: Sequence[Line]
    decisions: Sequence[Decision]
    has_minutes: bool


def find(held: Session, meeting_id: int) -> Shown | None:
    found = held.get(Meeting, meeting_id)
    if found is None:
        return None
    is_whole = found.visibility != "closed"
    return Shown(
        found,
        held.get_one(Body, found.body_id),
        held.get_one(Area, found.area_id),
        is_whole,
        agenda.lines_of(held, found) if is_whole and found.agenda_set_at else (),
        _decisions(held, found),
        _has_minutes(held, found),
    )


def _has_minutes(held: Session, meeting: Meeting) -> bool:
    stored = held.get(Minutes, meeting.id)
    return stored is not None and stored.state == "published"


def _decisions(held: Session, meeting: Meeting) -> Sequence[Decision]:
    """What was decided there and is published."""
    return held.exec(
        select(Decision)
        .join(Question, col(Question.id) == Decision.question_id)
        .join(Round, col(Round.id) == Question.round_id)
        .where(Round.meeting_id == meeting.id)
        .order_by(col(Decision.year), col(Decision.n))
    ).all()


def document(held: Session, meeting_id: int, document_id: int) -> AgendaDocument | None:
    """A file of a public meeting whose agenda is set."""
    return held.exec(
        select(AgendaDocument)
        .join(AgendaItem, col(AgendaItem.id) == AgendaDocument.agenda_item_id)
        .join(Meeting, col(Meeting.id) == AgendaItem.meeting_id)
        .where(AgendaDocument.id == document_id, Meeting.id == meeting_id)
        .where(Meeting.visibility == "public", col(Meeting.agenda_set_at).is_not(None))
    ).first()


def coming(
    held: Session, area: Area, now: datetime, body: Body | None = None
) -> Sequence[tuple[Meeting, Body]]:
    """The next meetings, cancelled ones among them."""
    found = (
        select(Meeting, Body)
        .join(Body, col(Body.id) == Meeting.body_id)
        .where(Meeting.area_id == area.id, Meeting.starts_at > now, Meeting.state != "closed")
        .order_by(col(Meeting.starts_at))
        .limit(SHOWN_COMING)
    )
    if body is not None:
        found = found.where(Meeting.body_id == body.id)
    return held.exec(found).all()


def calendar_of(held: Session, meeting: Meeting, now: datetime) -> bytes:
    """The iCalendar file of one meeting."""
    return calendar_file.write([_entry(held, meeting)], now)


def calendar_of_body(held: Session, body: Body, now: datetime) -> bytes:
    """All meetings of a body, to subscribe to."""
    found = held.exec(
        select(Meeting).where(Meeting.body_id == body.id).order_by(col(Meeting.starts_at))
    ).all()
    return calendar_file.write([_entry(held, each) for each in found], now, body.name)


def _entry(held: Session, meeting: Meeting) -> calendar_file.Entry:
    return calendar_file.entry(held, meeting, is_whole=meeting.visibility != "closed")
