"""Meetings of the invented council and the rounds announced there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha512
from typing import Any

from sqlmodel import Session, col, select

from app import agenda, attendance, coming_meeting, recusal, subject
from app.body import day_of, members_on, term_on
from app.demo import content, minutes, people
from app.demo.proposing import propose
from app.meeting import course, document_form, making, ordering
from app.models import AgendaDocument, AgendaItem, Body, Meeting, Round
from app.round import announcing, preparing
from app.text import BERLIN

TUESDAY = 1
START = time(18, 30)
SINCE = timedelta(minutes=45)
QUARTER = 15
AGENDA_SET = timedelta(weeks=2)
EVENING = timedelta(minutes=100)
BEFORE_VOTES = 2


def tuesday_evening(near: datetime) -> datetime:
    """The start of the meeting in the week of this day."""
    day = near.astimezone(BERLIN).date()
    return datetime.combine(day + timedelta(days=TUESDAY - day.weekday()), START, BERLIN)


def tonight(
    held: Session, now: datetime, absent: Iterable[str], body: Body | None = None
) -> Meeting:
    """The meeting that runs; where there is none, one that began a while ago on a quarter."""
    body = body or people.council(held)
    past = select(Meeting).where(Meeting.body_id == body.id, col(Meeting.starts_at) <= now)
    last = held.exec(past.order_by(col(Meeting.starts_at).desc())).first()
    if last and attendance.is_live(last, now):
        return last
    start = (now - SINCE).replace(second=0, microsecond=0)
    return hold(held, start - timedelta(minutes=start.minute % QUARTER), absent, body)


def call(held: Session, starts_at: datetime, body: Body | None = None) -> Meeting:
    """A meeting to which nobody has come yet."""
    body = body or people.council(held)
    meeting = Meeting(
        area_id=body.area_id,
        body_id=body.id,
        starts_at=starts_at,
        place=content.area()["place"],
        access=content.area()["access"],
        visibility=making.visibility_by_rule(held, body.id),
    )
    held.add(meeting)
    held.flush()
    return meeting


def hold(
    held: Session, starts_at: datetime, absent: Iterable[str], body: Body | None = None
) -> Meeting:
    """A meeting with everybody there who holds a seat that day, but the absent."""
    body = body or people.council(held)
    meeting = call(held, starts_at, body)
    away = {people.members(held)[key].id for key in absent}
    day = day_of(starts_at)
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


def run(held: Session, meeting: Meeting, rounds: Sequence[Round]) -> list[agenda.Line]:
    """Let a meeting run by an agenda that asks for these rounds, up to the first of them."""
    meeting.state, meeting.began_at = "running", meeting.starts_at
    meeting.agenda_set_at = meeting.starts_at - AGENDA_SET
    for each in content.agenda()["before"]:
        _put(held, meeting, each, each["title"])
    for round_ in rounds:
        item = _put(held, meeting, content.agenda()["vote"], _title(held, round_))
        round_.agenda_item_id = item.id
    for each in content.agenda()["after"]:
        _put(held, meeting, each, each["title"])
    lines = agenda.lines_of(held, meeting)
    _pass(line for line in lines if line.item.kind != "vote" and line.number <= BEFORE_VOTES)
    lines[BEFORE_VOTES].item.began_at = lines[BEFORE_VOTES].due_at
    return lines


def end(held: Session, round_id: str) -> None:
    """Let a round's evening be over, with every item behind it and its minutes written."""
    round_ = held.get_one(Round, round_id)
    meeting = held.get_one(Meeting, round_.meeting_id)
    if meeting.state != "closed":
        _pass(run(held, meeting, [round_]))
        course.close(held, meeting, meeting.starts_at + EVENING)
        minutes.write(held, meeting)


def hand_out(held: Session, item: AgendaItem, meeting: Meeting) -> None:
    """Add the file that belongs to tonight's first vote."""
    file = content.document()
    kind = document_form.kind_of(file)
    held.add(
        AgendaDocument(
            area_id=item.area_id,
            agenda_item_id=item.id,
            name=content.agenda()["document"],
            media_type=kind.media_type if kind else "",
            content=file,
            sha512=sha512(file).hexdigest(),
            added_at=meeting.starts_at - AGENDA_SET,
        )
    )
    held.flush()


def _put(held: Session, meeting: Meeting, told: Mapping[str, Any], title: str) -> AgendaItem:
    before = coming_meeting.last_before(held, meeting) if told["kind"] == "minutes" else None
    item = AgendaItem(
        area_id=meeting.area_id,
        meeting_id=meeting.id,
        position=0,
        kind=told["kind"],
        title=title,
        text=told.get("text", ""),
        notes=told.get("notes", ""),
        length_minutes=told["minutes"],
        approves_meeting_id=before.id if before else None,
    )
    return ordering.add(held, meeting, item)


def _title(held: Session, round_: Round) -> str:
    subjects = subject.of_all(held, preparing.questions_of(held, round_))
    return " · ".join(each.title for each in subjects.values())


def _pass(lines: Iterable[agenda.Line]) -> None:
    """Let these items be over as they were planned."""
    for line in lines:
        if line.due_at:
            line.item.began_at = line.due_at
            line.item.ended_at = line.due_at + timedelta(minutes=line.item.length_minutes or 0)
