"""A council's meeting that ran and ended: two points, a vote that passed and one that failed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app.models import AgendaItem, Attendance, Meeting, Round
from tests.app import builder, deciding
from tests.app.builder import Council

NOTES = "Frau Haddad berichtet.\nAlle freuen sich.\n\n*Kein* Markdown."


def add_item(held: Session, meeting: Meeting, position: int, title: str, **more: Any) -> AgendaItem:
    """A point of an agenda, for information unless `kind` says otherwise."""
    item = AgendaItem(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        position=position,
        title=title,
        **{"kind": "information"} | more,
    )
    held.add(item)
    held.commit()
    return item


def begin(held: Session, council: Council) -> Meeting:
    """The meeting began two hours ago; the last member came ten minutes late."""
    meeting = council.meeting
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    meeting.state, meeting.starts_at, meeting.began_at = "running", start, start
    began, ended = start + timedelta(minutes=5), start + timedelta(minutes=20)
    add_item(held, meeting, 1, "Bericht", notes=NOTES, began_at=began, ended_at=ended)
    add_item(held, meeting, 2, "Anträge", kind="vote", began_at=ended)
    for row in held.exec(select(Attendance).where(Attendance.meeting_id == meeting.id)):
        row.arrived_at = start - timedelta(minutes=3)
    _attendance(held, council.members[-1].id).arrived_at = start + timedelta(minutes=10)
    held.commit()
    return meeting


def _attendance(held: Session, member_id: int) -> Attendance:
    return held.exec(select(Attendance).where(Attendance.member_id == member_id)).one()


def end(held: Session, council: Council) -> Meeting:
    """One question was adopted, one rejected by one vote; the first member left before the end."""
    meeting = council.meeting
    deciding.decide(held, council, ["yes"] * 6 + ["no"] * 2 + ["abstain"])
    second = deciding.decide(held, council, ["yes"] * 5 + ["no"] * 4)[0]
    item = held.exec(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.position == 2)
    ).one()
    held.get_one(Round, second.page["round_id"]).agenda_item_id = item.id
    early = _attendance(held, council.members[0].id)
    early.left_at = meeting.starts_at + timedelta(minutes=100)
    meeting.state, meeting.closed_at = "closed", datetime.now(UTC).replace(microsecond=0)
    item.ended_at = meeting.closed_at
    held.add(meeting)
    held.commit()
    return meeting


def meet_again(held: Session, council: Council) -> Meeting:
    """The body meets again, and the minutes are a point of its agenda."""
    last = council.meeting
    made = builder.build_meeting(council.body, last.starts_at + timedelta(hours=1))
    made.state = "running"
    held.add(made)
    held.flush()
    title = "Protokoll der letzten Sitzung"
    add_item(held, made, 1, title, kind="minutes", approves_meeting_id=last.id)
    return made
