"""Who printed cards: whoever did could have kept a copy of their secrets."""

from sqlmodel import Session, select

from app.models import Card


def printers(held: Session, term_id: str) -> int | None:
    """How many officers printed cards of a term; None where there is one nobody knows it of."""
    found = set(held.exec(select(Card.printed_by).where(Card.term_id == term_id).distinct()))
    return len(found) if found and None not in found else None
