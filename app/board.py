"""The archive of one election, put together from the board's events."""

from sqlmodel import Session, col, select

from app.models import BoardEvent


def read_archive(held: Session, question_id: str) -> bytes:
    """All bytes of the archive so far."""
    events = held.exec(
        select(BoardEvent)
        .where(BoardEvent.question_id == question_id)
        .order_by(col(BoardEvent.height))
    )
    return b"".join(event.content for event in events)
