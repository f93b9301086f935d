"""The agenda of a meeting: its items in order, when each is due, and what belongs to it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from app.models import AgendaDocument, AgendaItem, Meeting, Question, Round


class Document(NamedTuple):
    """A file of an item without its bytes; `size` counts them."""

    id: int
    item_id: int
    name: str
    media_type: str
    size: int


class Line(NamedTuple):
    """An item under its number; `due_at` is None where an item before it has no length."""

    number: int
    item: AgendaItem
    due_at: datetime | None
    documents: Sequence[Document]


def items_of(held: Session, meeting: Meeting) -> Sequence[AgendaItem]:
    """The items in their order."""
    return held.exec(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    ).all()


def lines_of(held: Session, meeting: Meeting) -> list[Line]:
    """The items with number, planned time and documents."""
    items = items_of(held, meeting)
    documents = documents_of(held, items)
    return [
        Line(number, item, due, [each for each in documents if each.item_id == item.id])
        for number, (item, due) in enumerate(zip(items, _due(meeting, items), strict=True), 1)
    ]


def documents_of(held: Session, items: Iterable[AgendaItem]) -> list[Document]:
    """What was added to these items, without the bytes."""
    found = held.execute(
        select(
            AgendaDocument.id,
            AgendaDocument.agenda_item_id,
            AgendaDocument.name,
            AgendaDocument.media_type,
            func.length(AgendaDocument.content),
        )  # type: ignore[call-overload]
        .where(col(AgendaDocument.agenda_item_id).in_([item.id for item in items]))
        .order_by(col(AgendaDocument.id))
    )
    return [Document(*row) for row in found]


def is_free_vote(item: AgendaItem) -> bool:
    """Whether it is a vote on what its rounds ask, not on one proposal or on new rules."""
    return item.kind == "vote" and not (item.proposal_id or item.rules_id)


def is_of(item: AgendaItem) -> ColumnElement[bool]:
    """Rounds of an item: its own, and those of its meeting that ask about all proposals at once."""
    own = col(Round.agenda_item_id) == item.id
    if item.proposal_id is None:
        return own
    asked = select(Question.round_id).where(Question.proposal_id == item.proposal_id)
    return own | and_(
        col(Round.meeting_id) == item.meeting_id,
        col(Round.agenda_item_id).is_(None),
        col(Round.id).in_(asked),
    )


def current(items: Iterable[AgendaItem]) -> AgendaItem | None:
    """The item that is on now."""
    return next((each for each in items if each.began_at and not each.ended_at), None)


def planned_end(held: Session, meeting: Meeting) -> datetime | None:
    """The end that was set, otherwise that of the last item; None where a length is missing."""
    if meeting.ends_at:
        return meeting.ends_at
    items = items_of(held, meeting)
    lengths = [each.length_minutes for each in items]
    if not lengths or None in lengths:
        return None
    return meeting.starts_at + timedelta(minutes=sum(each or 0 for each in lengths))


def _due(meeting: Meeting, items: Sequence[AgendaItem]) -> Iterator[datetime | None]:
    due: datetime | None = meeting.starts_at
    for item in items:
        yield due
        known = due is not None and item.length_minutes is not None
        due = due + timedelta(minutes=item.length_minutes or 0) if known and due else None
