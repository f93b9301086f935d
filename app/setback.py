"""An area whose database is older than what was known stands still until two people agree.

A restored backup would fork the log and drop ballots that have receipts.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app import head_file
from app.errors import Refused
from app.head_file import Head
from app.models import Area, Board, BoardEvent, LogEntry


def find(held: Session, now: datetime) -> list[Area]:
    """Compare every area with its known heads, and mark those that are set back.

    An area stays marked until two people let it go on.
    """
    found = []
    for area_id, known in head_file.read().items():
        area = held.get(Area, area_id)
        if area and (_differs(held, area_id, known.log) or _lost(held, known.boards)):
            area.set_back_at = area.set_back_at or now
            found.append(area)
    return found


def lost_boxes(held: Session, area_id: int) -> list[str]:
    """The questions of this area whose open box is not what it was."""
    known = head_file.read().get(area_id)
    return _lost(held, known.boards) if known else []


def require_none(area: Area) -> None:
    """Refuse to change an area that is set back."""
    if area.set_back_at:
        raise Refused("set_back")


def is_whole(area_id: Any) -> ColumnElement[bool]:
    """The condition that an area is not set back, for what runs by itself."""
    return col(area_id).not_in(select(Area.id).where(col(Area.set_back_at).is_not(None)))


def _differs(held: Session, area_id: int, known: Head | None) -> bool:
    if known is None:
        return False
    entry = held.get(LogEntry, (area_id, known.size - 1))
    return entry is None or entry.root != known.digest


def _lost(held: Session, known: dict[str, Head]) -> list[str]:
    """Those of the boxes that are open now and shorter than they were, or filled otherwise."""
    return [each for each in _open(held, known) if not _has(held, each, known[each])]


def _open(held: Session, question_ids: Iterable[str]) -> list[str]:
    found = select(Board.question_id).where(
        Board.stage == "open", col(Board.question_id).in_(question_ids)
    )
    return list(held.exec(found.order_by(Board.question_id)))


def _has(held: Session, question_id: str, head: Head) -> bool:
    event = held.get(BoardEvent, (question_id, head.size))
    return event is not None and event.head == head.digest
