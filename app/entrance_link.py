"""The link with which an officer or a trustee sets up the own access, once."""

import secrets
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, update
from sqlmodel import Session, col

from app import belonging
from app.models import Invitation, Member, Officer
from app.visitor import digest

LIFETIME = timedelta(days=7)
# What an officer shows to somebody who stands there.
SHOWN_FOR = timedelta(minutes=30)
TOKEN_BYTES = 16


def make(
    held: Session, person: Member | Officer, now: datetime, lifetime: timedelta = LIFETIME
) -> str:
    """A new token for this person; earlier ones no longer open anything."""
    held.exec(delete(Invitation).where(belonging.of(Invitation, person)))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    held.add(
        Invitation(token_hash=digest(token), **belonging.owner(person), expires_at=now + lifetime)
    )
    return token


def address(token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/einladung/{token}"


def use_up(held: Session, person: Member | Officer, now: datetime) -> None:
    """The access is set up: the link has done its work."""
    held.exec(
        update(Invitation)
        .where(belonging.of(Invitation, person), col(Invitation.used_at).is_(None))
        .values(used_at=now)
    )
