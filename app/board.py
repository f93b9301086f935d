"""The archive of one election, put together from the board's events."""

from sqlmodel import Session, col, select

from app.models import BoardEvent


def read_archive(held: Session, question_id: str) -> bytes:
    """All bytes of the archive so far."""
    return b"".join(
        held.exec(
            select(BoardEvent.content)
            .where(BoardEvent.question_id == question_id)
            .order_by(col(BoardEvent.height))
        )
    )
