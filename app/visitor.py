"""Whose request this is: sessions stored in the database, read through Flask-Login."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeGuard

from flask import Flask, Request, Response, after_this_request, current_app, request, session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from app import coordinated, db, tablet_mode
from app.body import day_of
from app.models import Area, Member, Officer, UserSession

OFFICER_IDLE = timedelta(minutes=30)
FRESH = timedelta(minutes=10)
# How long whoever accepted an invitation as a trustee may take to set up the access.
INVITED_FOR = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)

# Written once: every request of somebody signed in asks this.
SIGNED_IN = (
    select(UserSession, Area, Member, Officer)
    .join(Area, col(Area.id) == UserSession.area_id)
    .join(Member, col(Member.id) == UserSession.member_id, isouter=True)
    .join(Officer, col(Officer.id) == UserSession.officer_id, isouter=True)
    .where(UserSession.id_hash == bindparam("id_hash"))
)


class Role(StrEnum):
    """Who may stand in the policy's table.

    Residents and applicants have no account; speakers are members, trustees members or officers.
    """

    RESIDENT = "resident"
    APPLICANT = "applicant"
    MEMBER = "member"
    SPEAKER = "speaker"
    TRUSTEE = "trustee"
    MODERATOR = "moderator"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Visitor(UserMixin):
    """A signed-in person of one area, or a coordinator who looks at one."""

    area: Area
    person: Member | Officer
    session: UserSession

    @property
    def role(self) -> Role:
        return role_of(self.person)

    @property
    def is_guarded(self) -> bool:
        return is_guarded(self.person)

    @property
    def must_set_up(self) -> bool:
        """Whether an officer has to set up the access before anything else."""
        return is_guarded(self.person) and not self.person.has_access

    def is_invited(self, now: datetime) -> bool:
        """Whether a trustee's invitation was accepted on this device just now."""
        invited_at = self.session.invited_at
        return invited_at is not None and invited_at + INVITED_FOR > now

    @property
    def area_id(self) -> int:
        return self.area.id

    @property
    def person_id(self) -> int:
        return self.session.member_id or self.session.officer_id or 0

    def get_id(self) -> str:
        return self.session.id_hash

    def must_confirm(self, now: datetime) -> bool:
        """Whether an act needs a fresh proof of who this is; a card alone is none."""
        proved_at = self.session.confirmed_at
        if isinstance(self.person, Member):
            return proved_at is None or proved_at + FRESH <= now
        return self.is_guarded and (proved_at or self.session.created_at) + FRESH <= now


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(load)
    # Not its init_app: the remember cookie is off, and looking for it on every answer would make
    # public pages vary by cookie.
    app.login_manager = manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user


def cookie_name() -> str:
    return "__Host-kiezvotum" if current_app.config["SESSION_COOKIE_SECURE"] else "kiezvotum"


def load(incoming: Request) -> Visitor | None:
    """The visitor behind the request's cookie, while the session is live."""
    cookie = incoming.cookies.get(cookie_name())
    if not cookie:
        return None
    held = db.session()
    row = held.exec(SIGNED_IN, params={"id_hash": digest(cookie)}).first()
    if row is None:
        return None
    person, now = row[2] or row[3], db.clock(held)
    if not is_live(row[0], person, now):
        return None
    area = viewed_area(held, row[0], person, now) if is_coordinator(person) else row[1]
    return Visitor(area=area, person=person, session=row[0]) if area else None


def viewed_area(held: Session, row: UserSession, person: Officer, now: datetime) -> Area | None:
    """The area that a coordinator chose, or one of the own; None where there is none any more."""
    areas = coordinated.areas_of(held, person.coordinator_id, day_of(now))
    chosen = (each for each in areas if each.id == row.viewed_area_id)
    return next(chosen, areas[0] if areas else None)


def is_coordinator(person: Member | Officer) -> TypeGuard[Officer]:
    """Whether somebody of Bezirk or Senate reads here."""
    return role_of(person) is Role.COORDINATOR


def is_live(row: UserSession, person: Member | Officer, now: datetime) -> bool:
    """Whether a session still opens doors."""
    if row.revoked_at or row.expires_at <= now:
        return False
    if not is_guarded(person):
        return True
    return person.ended_at is None and _seen(row) + OFFICER_IDLE > now


def is_guarded(person: Member | Officer) -> TypeGuard[Officer]:
    """Whether the strict rules for officers hold; invented ones enter by a link alone."""
    return isinstance(person, Officer) and not person.is_demo


def role_of(person: Member | Officer) -> Role:
    return Role.MEMBER if isinstance(person, Member) else Role(person.role)


def digest(text: str) -> str:
    """The stored form of a session id or a link's token."""
    return hashlib.sha256(text.encode()).hexdigest()


def sign_in(
    held: Session,
    person: Member | Officer,
    *,
    now: datetime,
    expires_at: datetime,
    device: str = "",
    card_id: int | None = None,
    is_doubted: bool = False,
) -> None:
    """Start a new session for this person; any session of this browser ends."""
    cookie = secrets.token_urlsafe(32)
    expires_at = tablet_mode.shorten(expires_at, now)
    is_member = isinstance(person, Member)
    held.add(
        UserSession(
            id_hash=digest(cookie),
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            card_id=card_id,
            device=device,
            is_doubted=is_doubted,
            created_at=now,
            expires_at=expires_at,
            confirmed_at=None if is_member else now,
            seen_at=None if is_member else now,
        )
    )
    session.clear()
    _answer_with_cookie(cookie, expires_at)


def confirm(held: Session, visitor: Visitor, now: datetime) -> None:
    """Give the session a new id: its person has just proved again who this is."""
    cookie = secrets.token_urlsafe(32)
    seen = {} if isinstance(visitor.person, Member) else {"seen_at": now}
    held.exec(
        update(UserSession)
        .where(col(UserSession.id_hash) == visitor.get_id(), col(UserSession.revoked_at).is_(None))
        .values(id_hash=digest(cookie), confirmed_at=now, **seen)
    )
    _answer_with_cookie(cookie, visitor.session.expires_at)


def mark_seen(visitor: Visitor, now: datetime) -> None:
    """Keep an officer's session from running idle; pages that ask by themselves do not count."""
    if not _asks_by_itself() and _seen(visitor.session) + SEEN_EVERY <= now:
        _write_seen(visitor, now)


def mark_day(visitor: Visitor, now: datetime) -> None:
    """Note the day on which a member used this device, and no time of it."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    is_member = visitor.session.member_id is not None
    if is_member and not _asks_by_itself() and visitor.session.seen_at != today:
        _write_seen(visitor, today)


def _asks_by_itself() -> bool:
    return request.headers.get("Sec-Fetch-Dest", "document") == "empty"


def _write_seen(visitor: Visitor, at: datetime) -> None:
    id_hash = visitor.get_id()
    # SQLite cannot commit beside a read of this very request.
    db.session().rollback()
    with db.writing() as own:
        own.exec(
            update(UserSession)
            .where(col(UserSession.id_hash) == id_hash, col(UserSession.revoked_at).is_(None))
            .values(seen_at=at)
        )


def _seen(row: UserSession) -> datetime:
    return row.seen_at or row.created_at


def sign_out(held: Session, visitor: Visitor, now: datetime) -> None:
    """End this browser's session."""
    row = held.get(UserSession, visitor.session.id_hash)
    if row is not None:
        row.revoked_at = now
    session.clear()
    _answer_with_cookie("", now)


def keep_signed_in(visitor: Visitor) -> None:
    """Send the cookie again: browsers forget one after some 400 days, whatever end it names."""
    _answer_with_cookie(request.cookies[cookie_name()], visitor.session.expires_at)


def _answer_with_cookie(value: str, expires_at: datetime) -> None:
    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            cookie_name(),
            value,
            expires=expires_at,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response
