"""The archive of one election, put together from the board's events."""

from io import BytesIO

from sqlmodel import Session, col, select

from app.models import BoardEvent
from voting.protocol import archive, canon


def read_archive(held: Session, question_id: str) -> bytes:
    """All bytes of the archive so far."""
    events = held.exec(
        select(BoardEvent)
        .where(BoardEvent.question_id == question_id)
        .order_by(col(BoardEvent.height))
    )
    return b"".join(event.content for event in events)


def read_chain(held: Session, question_id: str) -> list[list[str]]:
    """What the events are made of, without their documents: type, and the payload's hash.

    Number and parent follow from the order, so whoever reads this computes the heads.
    """
    chain = []
    for event in archive.read_events(BytesIO(read_archive(held, question_id))):
        payload = [canon.hexadecimal(event.documents[-1])] if event.documents else []
        chain.append([event.type, *payload])
    return chain
