"""A meeting that is over: two items, a vote that passed, one that failed, a poll that was void."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from app.models import AgendaItem, Attendance, Meeting, Round
from tests.app import builder, deciding
from tests.app.builder import Council

NOTES = "Frau Haddad berichtet.\nAlle freuen sich.\n\n*Kein* Markdown."


@pytest.fixture
def add_item(held: Session) -> Callable[..., AgendaItem]:
    """`add_item(meeting, 1, "Bericht", kind="information", ...)`: a point of an agenda."""

    def add(meeting: Meeting, position: int, title: str, **more: object) -> AgendaItem:
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

    return add


@pytest.fixture
def running(held: Session, area: Council, add_item: Callable[..., AgendaItem]) -> Meeting:
    """The meeting has begun; the last member came late and the first left early."""
    meeting = area.meeting
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    meeting.state, meeting.starts_at, meeting.began_at = "running", start, start
    began, ended = start + timedelta(minutes=5), start + timedelta(minutes=20)
    add_item(meeting, 1, "Bericht", notes=NOTES, began_at=began, ended_at=ended)
    add_item(meeting, 2, "Anträge", kind="vote", began_at=ended)
    for row in held.exec(select(Attendance).where(Attendance.meeting_id == meeting.id)):
        row.arrived_at = start - timedelta(minutes=3)
    late, early = area.members[8], area.members[0]
    _row(held, late.id).arrived_at = start + timedelta(minutes=10)
    _row(held, early.id).left_at = start + timedelta(minutes=100)
    held.commit()
    return meeting


def _row(held: Session, member_id: int) -> Attendance:
    return held.exec(select(Attendance).where(Attendance.member_id == member_id)).one()


@pytest.fixture
def over(held: Session, area: Council, running: Meeting) -> Meeting:
    """The meeting is over: one question was adopted, one rejected by one vote, both confirmed."""
    early = _row(held, area.members[0].id)
    left, early.left_at = early.left_at, None
    held.commit()
    deciding.decide(held, area, ["yes"] * 6 + ["no"] * 2 + ["abstain"])
    second = deciding.decide(held, area, ["yes"] * 5 + ["no"] * 4)[0]
    _bind_to_item(held, second.page["round_id"], running)
    early = _row(held, area.members[0].id)
    early.left_at = left
    running.state, running.closed_at = "closed", datetime.now(UTC).replace(microsecond=0)
    held.add(running)
    held.commit()
    return running


def _bind_to_item(held: Session, round_id: str, meeting: Meeting) -> None:
    item = held.exec(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.position == 2)
    ).one()
    held.get_one(Round, round_id).agenda_item_id = item.id


@pytest.fixture
def next_meeting(held: Session, area: Council, over: Meeting) -> Meeting:
    """The body meets again, and the minutes are a point of its agenda."""
    made = builder.build_meeting(area.body, over.starts_at + timedelta(hours=1))
    made.state = "running"
    held.add(made)
    held.flush()
    held.add(
        AgendaItem(
            area_id=made.area_id,
            meeting_id=made.id,
            position=1,
            kind="minutes",
            title="Protokoll der letzten Sitzung",
            approves_meeting_id=over.id,
        )
    )
    held.commit()
    return made
