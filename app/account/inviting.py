"""Officers come by an invitation and go when an administrator ends their access."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col, select

from app import entrance_link, outbox, throttle
from app.account import device
from app.account.proving import login_of
from app.errors import Refused
from app.models import (
    Area,
    Invitation,
    Member,
    Officer,
    Passkey,
    Passphrase,
    RecoveryCode,
    SecondFactor,
)
from app.text import moment
from app.visitor import digest

SCOPE = "invitation"
MOST_UNKNOWN = 20
# All that an officer shows to get in.
WAYS_IN: tuple[type[SQLModel], ...] = (
    *(Invitation, Passphrase, SecondFactor),
    *(Passkey, RecoveryCode),
)


def invite(held: Session, officer: Officer, now: datetime) -> None:
    """Send the link to the officer's own address; nobody else gets to see it."""
    link = entrance_link.address(entrance_link.make(held, officer, now))
    area = held.get_one(Area, officer.area_id)
    body = _(
        "Guten Tag %(name)s,\n\n"
        "Sie bekommen einen Zugang zu Kiezvotum für %(place)s. Richten Sie ihn hier"
        " ein:\n%(link)s\n\n"
        "Der Link gilt bis %(until)s. Bitte geben Sie ihn nicht weiter.\n",
        name=officer.name,
        place=_place(officer, area),
        link=link,
        until=moment(now + entrance_link.LIFETIME),
    )
    outbox.send(held, officer.mail or "", _("Ihr Zugang zu Kiezvotum"), body, now)


def _place(officer: Officer, area: Area) -> str:
    """What the access is for, in the words of the mail."""
    if officer.coordinator_id is not None:
        return _("die Gebiete, die Sie begleiten")
    return _("das QM-Team %(area)s", area=area.name)


def require_invited(held: Session, token: str, now: datetime) -> tuple[Officer | Member, Area]:
    """Whom a link invites, and where; unknown ones are counted."""
    row = held.exec(
        select(Invitation, Officer, Member, Area)
        .join(Officer, col(Officer.id) == Invitation.officer_id, isouter=True)
        .join(Member, col(Member.id) == Invitation.member_id, isouter=True)
        .join(Area, col(Area.id) == Invitation.area_id)
        .where(Invitation.token_hash == digest(token))
    ).first()
    if row is None:
        throttle.count_failure(SCOPE, MOST_UNKNOWN)
        raise Refused("link_unknown")
    invitation, officer, member, area = row
    is_over = officer is not None and officer.ended_at is not None
    if invitation.used_at or invitation.expires_at <= now or is_over:
        raise Refused("link_unknown")
    return officer or member, area


def accept(held: Session, officer: Officer, now: datetime) -> None:
    """Make the invited address the one that signs in; sessions begun by the same link end."""
    device.end_all(held, officer, now)
    officer.login = login_of(officer.mail or "")
    held.add(officer)
    try:
        held.flush()
    except IntegrityError:
        raise Refused("mail_in_use") from None


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
