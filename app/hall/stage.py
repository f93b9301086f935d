"""Which one thing the hall shows: the open vote first, otherwise what happened last."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models import AgendaItem, Meeting, Question, Round
from app.round.preparing import questions_of

WAITS = ("listed", "counted", "too_few_ballots")


class Stage(NamedTuple):
    """What is shown and since when.

    `name` is waiting, item, table, open, closed, result, break or over.
    """

    name: str
    since: datetime
    round: Round | None = None
    item: AgendaItem | None = None


def find(held: Session, meeting: Meeting, now: datetime) -> Stage:
    """What the screen of a meeting shows now."""
    if meeting.state in ("closed", "cancelled"):
        return Stage("over", now)
    rounds = _rounds(held, meeting)
    opened = [each for each in rounds if each.state == "open"]
    if opened:
        return Stage("open", now, opened[-1])
    begin = meeting.began_at or meeting.starts_at
    happened = [*_of_rounds(held, rounds, begin), *_of_items(held, meeting, rounds)]
    if meeting.table_shown_at:
        happened.append(Stage("table", meeting.table_shown_at))
    if meeting.began_at:
        happened.append(Stage("break", meeting.began_at))
    return max(happened, key=lambda each: each.since, default=Stage("waiting", now))


def _rounds(held: Session, meeting: Meeting) -> Sequence[Round]:
    """The rounds that have left their draft and were not abandoned."""
    found = select(Round).where(Round.meeting_id == meeting.id)
    found = found.where(col(Round.state).in_(("announced", "open", "closed")))
    return held.exec(found.order_by(col(Round.opened_at), col(Round.announced_at))).all()


def _of_rounds(held: Session, rounds: Sequence[Round], begin: datetime) -> Iterator[Stage]:
    """A round that was announced before the meeting waits for its item."""
    for each in rounds:
        if each.shown_at:
            yield Stage("result", each.shown_at, each)
        elif each.closed_at and _waits(questions_of(held, each)):
            yield Stage("closed", each.closed_at, each)
        elif each.state == "announced" and each.announced_at and each.announced_at >= begin:
            yield Stage("item", each.announced_at, each)


def _waits(questions: Sequence[Question]) -> bool:
    """Whether somebody in the hall still waits for the result."""
    return any(each.state in WAITS for each in questions)


def _of_items(held: Session, meeting: Meeting, rounds: Sequence[Round]) -> Iterator[Stage]:
    begun = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    for each in held.exec(begun.where(col(AgendaItem.began_at).is_not(None))):
        if each.ended_at:
            yield Stage("break", each.ended_at)
        elif each.began_at:
            yield Stage("item", each.began_at, _announced(rounds, each), each)


def _announced(rounds: Sequence[Round], item: AgendaItem) -> Round | None:
    """The round of an item that waits to be opened."""
    waiting = [each for each in rounds if each.state == "announced"]
    return next((each for each in reversed(waiting) if each.agenda_item_id == item.id), None)
