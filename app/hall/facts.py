"""What each state of the hall screen is made of: numbers and titles, never a name."""

from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from app import agenda, attendance, qr_code, reckoning, rules_of_procedure, subject
from app.hall import picture
from app.hall.stage import Stage
from app.models import AgendaItem, LogEntry, Meeting, Question, Round
from app.reckoning import Table
from app.round import releasing
from app.round.preparing import questions_of
from app.round.standing import standing
from app.round.turnout import turnout
from app.subject import Subject


class Line(NamedTuple):
    """A question with what it is about, its numbers and what keeps it from opening."""

    question: Question
    subject: Subject
    figures: dict[str, Any] | None
    stopped: str | None


def of(held: Session, meeting: Meeting, shown: Stage) -> dict[str, Any]:
    """Everything that the template of this state asks for."""
    return {
        "lines": lines(held, shown.round) if shown.round else [],
        "turnout": turnout(held, shown.round) if shown.round else None,
        "releases": _releases(held, shown.round) if shown.name == "closed" else None,
        "standing": attendance.standing(held, meeting),
        "present": len(attendance.present_at(held, meeting)),
        "arrive_code": qr_code.picture(picture.arriving_address(meeting)),
        "vote_code": qr_code.picture(picture.voting_address(shown.round)) if shown.round else None,
        "table": _table(held, meeting, shown),
        "rules_version": rules_of_procedure.frozen_version(held, shown.round)
        if shown.round
        else None,
        "log": _newest_entry(held, meeting),
        "next_item": _next_item(held, meeting),
    }


def _releases(held: Session, round_: Round | None) -> tuple[int, int] | None:
    """How many holders of a key have done their part, of how many that the count needs."""
    holders = releasing.holders(held, round_) if round_ else []
    if round_ is None or not holders:
        return None
    there = sum(each.has_released for each in holders)
    return there, releasing.needed(round_, holders)


def lines(held: Session, round_: Round) -> list[Line]:
    """The questions of a round that were not taken out; all of them before it opens."""
    questions = questions_of(held, round_)
    subjects = subject.of_all(held, questions)
    return [
        Line(each, subjects[each.id], *standing(held, round_, each))
        for each in questions
        if each.state != "taken_out"
    ]


def _table(held: Session, meeting: Meeting, shown: Stage) -> Table | None:
    """The table of applications: when the desk shows it, and while an item is about all of them."""
    if shown.name == "table":
        return reckoning.table(held, meeting, shown.since)
    item = shown.item
    if shown.round or item is None or not agenda.is_free_vote(item):
        return None
    lying = reckoning.table(held, meeting, shown.since)
    return lying if lying and lying.on_table else None


def _newest_entry(held: Session, meeting: Meeting) -> LogEntry | None:
    newest = select(func.max(LogEntry.seq)).where(LogEntry.area_id == meeting.area_id)
    return held.get(LogEntry, (meeting.area_id, held.exec(newest).one() or 0))


def _next_item(held: Session, meeting: Meeting) -> AgendaItem | None:
    coming = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    coming = coming.where(col(AgendaItem.began_at).is_(None))
    return held.exec(coming.order_by(col(AgendaItem.position))).first()
