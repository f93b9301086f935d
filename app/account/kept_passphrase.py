"""The passphrase that is stored of a person, in the form that argon2id left."""

from datetime import datetime

from sqlmodel import Session, select

from app import belonging
from app.models import Member, Officer, Passphrase


def of(held: Session, person: Member | Officer) -> Passphrase | None:
    return held.exec(select(Passphrase).where(belonging.of(Passphrase, person))).first()


def keep(held: Session, person: Member | Officer, verifier: str, now: datetime) -> None:
    """Replace the passphrase by one whose stored form this is."""
    row = of(held, person) or Passphrase(
        **belonging.owner(person), verifier=verifier, changed_at=now
    )
    row.verifier, row.changed_at = verifier, now
    held.add(row)
