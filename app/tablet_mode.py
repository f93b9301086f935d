"""Whether this browser is the tablet in the hall, which members use one after another."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import Response, after_this_request, current_app, g, request
from sqlmodel import Session, select

from app import db
from app.models import Officer, Tablet

# A member's session on the tablet outlives a ballot, not the evening.
LONGEST_SESSION = timedelta(minutes=15)
EVENING = timedelta(hours=16)


def cookie_name() -> str:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Host-kiezvotum-tablet" if secure else "kiezvotum-tablet"


def current() -> Tablet | None:
    """The tablet that this browser is; None for every other browser and once it was ended."""
    if "tablet" not in g:
        cookie = request.cookies.get(cookie_name())
        g.tablet = _find(db.session(), cookie) if cookie else None
    return g.tablet


def is_on() -> bool:
    return current() is not None


def start(held: Session, officer: Officer) -> None:
    """Make this browser a tablet until it is ended or the evening is over."""
    cookie = secrets.token_urlsafe(32)
    held.add(Tablet(area_id=officer.area_id, verifier=_digest(cookie), started_by=officer.id))

    @after_this_request
    def _remember(response: Response) -> Response:
        response.set_cookie(
            cookie_name(),
            cookie,
            max_age=EVENING,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def shorten(expires_at: datetime, now: datetime) -> datetime:
    """The end of a session that starts here: on the tablet it is near."""
    return min(expires_at, now + LONGEST_SESSION) if is_on() else expires_at


def _find(held: Session, cookie: str) -> Tablet | None:
    return held.exec(select(Tablet).where(Tablet.verifier == _digest(cookie))).first()


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
