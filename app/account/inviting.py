"""Officers come by an invitation and go when an administrator ends their access."""

import secrets
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from app import outbox, throttle
from app.account import device
from app.account.proving import login_of
from app.errors import Refused
from app.models import (
    Area,
    Invitation,
    Officer,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
)
from app.text import moment
from app.visitor import digest

LIFETIME = timedelta(days=7)
SCOPE = "invitation"
MOST_UNKNOWN = 20
TOKEN_BYTES = 16
# All that an officer shows to get in.
WAYS_IN: tuple[type[SQLModel], ...] = (
    *(Invitation, Passphrase, SecondFactor),
    *(Passkey, RecoveryCode),
)


def make_link(held: Session, officer: Officer, now: datetime) -> str:
    """A new link that sets up the officer's access; earlier ones no longer do."""
    held.exec(delete(Invitation).where(col(Invitation.officer_id) == officer.id))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    held.add(
        Invitation(
            token_hash=digest(token),
            area_id=officer.area_id,
            officer_id=officer.id,
            expires_at=now + LIFETIME,
        )
    )
    return token


def address(token: str) -> str:
    return f"{current_app.config['PUBLIC_URL']}/einladung/{token}"


def invite(held: Session, officer: Officer, now: datetime) -> None:
    """Send the link to the officer's own address; nobody else gets to see it."""
    link = address(make_link(held, officer, now))
    area = held.get_one(Area, officer.area_id)
    body = _(
        "Guten Tag %(name)s,\n\n"
        "Sie bekommen einen Zugang zu Kiezvotum für %(place)s. Richten Sie ihn hier"
        " ein:\n%(link)s\n\n"
        "Der Link gilt bis %(until)s. Bitte geben Sie ihn nicht weiter.\n",
        name=officer.name,
        place=_place(officer, area),
        link=link,
        until=moment(now + LIFETIME),
    )
    outbox.send(held, officer.mail or "", _("Ihr Zugang zu Kiezvotum"), body, now)


def _place(officer: Officer, area: Area) -> str:
    """What the access is for, in the words of the mail."""
    if officer.coordinator_id is not None:
        return _("die Gebiete, die Sie begleiten")
    return _("das QM-Team %(area)s", area=area.name)


def require_invited(held: Session, token: str, now: datetime) -> tuple[Officer, Area]:
    """Whom a link invites, and where; unknown ones are counted."""
    row = held.exec(
        select(Invitation, Officer, Area)
        .join(Officer, col(Officer.id) == Invitation.officer_id)
        .join(Area, col(Area.id) == Invitation.area_id)
        .where(Invitation.token_hash == digest(token))
    ).first()
    if row is None:
        throttle.count_failure(SCOPE, MOST_UNKNOWN)
        raise Refused("link_unknown")
    invitation, officer, area = row
    if invitation.used_at or invitation.expires_at <= now or officer.ended_at:
        raise Refused("link_unknown")
    return officer, area


def accept(held: Session, officer: Officer, now: datetime) -> None:
    """Make the invited address the one that signs in; sessions begun by the same link end."""
    device.end_all(held, officer, now)
    officer.login = login_of(officer.mail or "")
    held.add(officer)
    try:
        held.flush()
    except IntegrityError:
        raise Refused("mail_in_use") from None


def use_up(held: Session, officer: Officer, now: datetime) -> None:
    """The access is set up: the link has done its work."""
    held.exec(
        update(Invitation)
        .where(col(Invitation.officer_id) == officer.id, col(Invitation.used_at).is_(None))
        .values(used_at=now)
    )


def end(held: Session, officer: Officer, now: datetime) -> None:
    """End an officer's access and sessions; the name stays beside what was done."""
    shut_out(held, officer, now)
    officer.ended_at, officer.login = now, None
    held.add(officer)


def shut_out(held: Session, officer: Officer, now: datetime) -> None:
    """End the officer's sessions and forget everything that gets in."""
    device.end_all(held, officer, now)
    for table in WAYS_IN:
        held.exec(delete(table).where(table.officer_id == officer.id))  # type: ignore[attr-defined]
    officer.has_access = False
    held.add(officer)
