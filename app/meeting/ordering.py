"""Items join the agenda of a meeting, change their places and leave it."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from app import agenda
from app.errors import Refused
from app.meeting import changing
from app.models import AgendaDocument, AgendaItem, Meeting, Round


def add(held: Session, meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """Put an item at the end of the agenda."""
    item.position = len(agenda.items_of(held, meeting)) + 1
    held.add(item)
    held.flush()
    changing.note(meeting)
    return item


def move(held: Session, meeting: Meeting, item: AgendaItem, place: int) -> None:
    """Put an item at this place, counted from 1; the others make room."""
    others = [each for each in agenda.items_of(held, meeting) if each.id != item.id]
    others.insert(max(0, place - 1), item)
    if _number(others):
        changing.note(meeting)


def remove(held: Session, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off with its documents; one that was on, or that has a vote, stays."""
    if is_used(held, item):
        raise Refused("item_used")
    held.exec(delete(AgendaDocument).where(col(AgendaDocument.agenda_item_id) == item.id))
    held.delete(item)
    held.flush()
    _number(agenda.items_of(held, meeting))
    changing.note(meeting)


def is_used(held: Session, item: AgendaItem) -> bool:
    """Whether something came of an item already."""
    rounds = select(Round.id).where(agenda.is_of(item))
    return item.began_at is not None or held.exec(rounds).first() is not None


def _number(items: Sequence[AgendaItem]) -> bool:
    """Give the items their places; whether one of them had another."""
    moved = False
    for place, item in enumerate(items, start=1):
        moved = moved or item.position != place
        item.position = place
    return moved
