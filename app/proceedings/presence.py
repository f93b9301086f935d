"""Who was at a meeting from when to when, and how many of each group at every moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from app import attendance
from app.models import Attendance, Meeting

Person = dict[str, Any]


def people(held: Session, meeting: Meeting) -> list[Person]:
    """Everybody who came: {"member", "segment", "capacity", "seat", "times": [[from, to]]}.

    People are numbers, times ISO texts; `to` is None while somebody is there. Who came before the
    beginning was there from the beginning.
    """
    times = _times(held, meeting)
    return [
        {
            "member": person.member.id,
            "segment": person.segment,
            "capacity": person.capacity,
            "seat": person.seat.position if person.seat else None,
            "times": times[person.member.id],
        }
        for person in attendance.people_at(held, meeting)
        if person.member.id in times
    ]


def _times(held: Session, meeting: Meeting) -> dict[int, list[list[str | None]]]:
    rows = held.exec(
        select(Attendance)
        .where(Attendance.meeting_id == meeting.id)
        .order_by(col(Attendance.arrived_at), col(Attendance.id))
    )
    begin = meeting.began_at or meeting.starts_at
    found: dict[int, list[list[str | None]]] = {}
    for row in rows:
        left = row.left_at or meeting.closed_at
        if left is None or left > begin:
            span = [_iso(max(row.arrived_at, begin)), _iso(left) if left else None]
            found.setdefault(row.member_id, []).append(span)
    return found


def entered_at(held: Session, meeting: Meeting) -> datetime | None:
    """When something of it was entered or changed last, after the meeting."""
    last = select(func.max(Attendance.entered_at)).where(Attendance.meeting_id == meeting.id)
    return held.exec(last).one()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def counts(
    found: Sequence[Person], segments: Sequence[str], end: str | None
) -> list[tuple[str, list[int]]]:
    """How many of each group were there, at the beginning and after each change before `end`."""
    spans = [(person["segment"], *span) for person in found for span in person["times"]]
    moments = sorted({moment for _segment, *span in spans for moment in span if moment})
    rows = [(moment, _at(spans, segments, moment)) for moment in moments if moment != end]
    return [row for before, row in zip([None, *rows], rows, strict=False) if _differs(before, row)]


def _at(
    spans: Sequence[tuple[str, str, str | None]], segments: Sequence[str], moment: str
) -> list[int]:
    there = [
        segment for segment, start, end in spans if start <= moment and (not end or moment < end)
    ]
    return [there.count(segment) for segment in segments]


def _differs(before: tuple[str, list[int]] | None, row: tuple[str, list[int]]) -> bool:
    return before is None or before[1] != row[1]
