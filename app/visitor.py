"""Whose request this is: sessions stored in the database, read through Flask-Login."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import Flask, Request, Response, after_this_request, current_app, request, session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app import db
from app.models import Area, Member, Officer, UserSession

# Written once: every request of somebody signed in asks this.
SIGNED_IN = (
    select(UserSession, Area, Member, Officer)
    .join(Area, col(Area.id) == UserSession.area_id)
    .join(Member, col(Member.id) == UserSession.member_id, isouter=True)
    .join(Officer, col(Officer.id) == UserSession.officer_id, isouter=True)
    .where(UserSession.id_hash == bindparam("id_hash"))
)


class Role(StrEnum):
    """Who may stand in the policy's table."""

    RESIDENT = "resident"
    MEMBER = "member"
    MODERATOR = "moderator"


@dataclass(frozen=True)
class Visitor(UserMixin):
    """A signed-in person of one area: a member or an officer."""

    area: Area
    person: Member | Officer
    session: UserSession

    @property
    def role(self) -> Role:
        return Role.MEMBER if isinstance(self.person, Member) else Role.MODERATOR

    @property
    def area_id(self) -> int:
        return self.session.area_id

    @property
    def person_id(self) -> int:
        return self.session.member_id or self.session.officer_id or 0

    def get_id(self) -> str:
        return self.session.id_hash


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
    if row is None or row[0].revoked_at or row[0].expires_at <= db.clock(held):
        return None
    return Visitor(area=row[1], person=row[2] or row[3], session=row[0])


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
) -> None:
    """Start a new session for this person; any session of this browser ends."""
    cookie = secrets.token_urlsafe(32)
    is_member = isinstance(person, Member)
    held.add(
        UserSession(
            id_hash=digest(cookie),
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            device=device,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.clear()
    _answer_with_cookie(cookie, expires_at)


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
