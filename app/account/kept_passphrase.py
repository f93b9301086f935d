"""The passphrase that is stored of a person, in the form that argon2id left."""

from datetime import datetime

from sqlmodel import Session, select

from app.models import Member, Officer, Passphrase


def of(held: Session, person: Member | Officer) -> Passphrase | None:
    column = Passphrase.member_id if isinstance(person, Member) else Passphrase.officer_id
    return held.exec(
        select(Passphrase).where(Passphrase.area_id == person.area_id, column == person.id)
    ).first()


def keep(held: Session, person: Member | Officer, verifier: str, now: datetime) -> None:
    """Replace the passphrase by one whose stored form this is."""
    is_member = isinstance(person, Member)
    row = of(held, person) or Passphrase(
        area_id=person.area_id,
        member_id=person.id if is_member else None,
        officer_id=None if is_member else person.id,
        verifier=verifier,
        changed_at=now,
    )
    row.verifier, row.changed_at = verifier, now
    held.add(row)
