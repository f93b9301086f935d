"""Meetings of the invented council and the rounds announced there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app import attendance, recusal
from app.body import day_of, members_on, term_on
from app.demo import content, people
from app.demo.proposing import propose
from app.models import Meeting, Round
from app.round import announcing, preparing
from app.text import BERLIN

TUESDAY = 1
START = time(18, 30)
SINCE = timedelta(minutes=45)
QUARTER = 15


def tuesday_evening(near: datetime) -> datetime:
    """The start of the meeting in the week of this day."""
    day = near.astimezone(BERLIN).date()
    return datetime.combine(day + timedelta(days=TUESDAY - day.weekday()), START, BERLIN)


def tonight(held: Session, now: datetime, absent: Iterable[str]) -> Meeting:
    """Today's meeting; where there is none, one that began a while ago on a quarter."""
    body = people.council(held)
    past = select(Meeting).where(Meeting.body_id == body.id, col(Meeting.starts_at) <= now)
    last = held.exec(past.order_by(col(Meeting.starts_at).desc())).first()
    if last and day_of(last.starts_at) == day_of(now):
        return last
    start = (now - SINCE).replace(second=0, microsecond=0)
    return hold(held, start - timedelta(minutes=start.minute % QUARTER), absent)


def call(held: Session, starts_at: datetime) -> Meeting:
    """A meeting to which nobody has come yet."""
    body = people.council(held)
    meeting = Meeting(
        area_id=body.area_id,
        body_id=body.id,
        starts_at=starts_at,
        place=content.area()["place"],
    )
    held.add(meeting)
    held.flush()
    return meeting


def hold(held: Session, starts_at: datetime, absent: Iterable[str]) -> Meeting:
    """A meeting with everybody there who holds a seat that day, but the absent."""
    meeting = call(held, starts_at)
    away = {people.members(held)[key].id for key in absent}
    body, day = people.council(held), day_of(starts_at)
    for member in members_on(held, body, term_on(held, body, day), day):
        if member.id not in away:
            attendance.arrive(held, meeting, member.id, starts_at)
    return meeting


def announce(
    held: Session, meeting: Meeting, questions: Sequence[Mapping[str, Any]], now: datetime
) -> Round:
    """Announce a round about proposals that are written for it, with its recusals."""
    proposals = [propose(held, each["proposal"], meeting.starts_at) for each in questions]
    round_ = preparing.prepare(
        held, body=people.council(held), meeting=meeting, proposals=proposals, now=now
    )
    members = people.members(held)
    for question, told in zip(preparing.questions_of(held, round_), questions, strict=True):
        for key in told["recused"]:
            recusal.declare(held, question, members[key].id, by="member", now=now)
    announcing.announce(held, round_, now)
    return round_
