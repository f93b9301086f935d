"""The devices a person is signed in on, one session each."""

from collections.abc import Sequence
from datetime import datetime

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from app import visitor
from app.models import Member, Officer, UserSession

KINDS = (
    ("iPhone", "iphone"),
    ("iPad", "ipad"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
)


def kind() -> str:
    """What this request comes from, as coarse as people speak of it."""
    agent = request.headers.get("User-Agent", "")
    return next((code for part, code in KINDS if part in agent), "other")


def name(code: str) -> str:
    """What people call this kind of device."""
    names = {
        "iphone": _("iPhone"),
        "ipad": _("iPad"),
        "android": _("Handy oder Tablet mit Android"),
        "windows": _("Computer mit Windows"),
        "mac": _("Mac"),
        "linux": _("Computer mit Linux"),
    }
    return names.get(code, _("Anderes Gerät"))


def live(held: Session, person: Member | Officer, now: datetime) -> Sequence[UserSession]:
    """The person's sessions that still open doors, the newest first."""
    column = UserSession.member_id if isinstance(person, Member) else UserSession.officer_id
    found = held.exec(
        select(UserSession)
        .where(
            UserSession.area_id == person.area_id,
            column == person.id,
            col(UserSession.revoked_at).is_(None),
            col(UserSession.expires_at) > now,
        )
        .order_by(col(UserSession.created_at).desc())
    )
    return [row for row in found if visitor.is_live(row, person, now)]


def doubted(held: Session, person: Member | Officer, here: str, now: datetime) -> list[UserSession]:
    """Devices that the person's card was used on after this one, while nobody said whose."""
    return [row for row in live(held, person, now) if row.is_doubted and row.id_hash != here]


def end_all(held: Session, person: Member | Officer, now: datetime, but: str | None = None) -> None:
    """End the person's sessions, all of them or all but one."""
    for row in live(held, person, now):
        if row.id_hash != but:
            row.revoked_at = now


def end(held: Session, person: Member | Officer, id_hash: str, now: datetime) -> bool:
    """End one session; False when this person has none by that name."""
    for row in live(held, person, now):
        if row.id_hash == id_hash:
            row.revoked_at = now
            return True
    return False
