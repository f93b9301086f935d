"""Everybody who may stand before a door: each role here and in another area, and former ones."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlmodel import Session
from werkzeug.test import TestResponse

from app.models import Member, Officer, UserSession
from app.policy import POLICY
from app.visitor import Role, digest
from tests.app import builder
from tests.app.builder import Browser
from tests.app.rights import tasks
from tests.app.rights.door import Door
from tests.app.rights.ground import Ground

# Whose other doors are those of a member or of everybody.
BESIDE = {Role.SPEAKER, Role.TRUSTEE, Role.APPLICANT}


@dataclass(frozen=True)
class Visitor:
    """Somebody with the cookie of a session; `ground` is the own area, None for strangers."""

    name: str
    role: Role
    ground: Ground | None = None
    cookie: str | None = None

    def tries(self, door: Door) -> bool:
        """Whether this door differs for this role from what it is for members."""
        if self.role not in BESIDE:
            return True
        roles = POLICY.get(door.action, frozenset()) if door.action else frozenset()
        return self.role in roles and Role.MEMBER not in roles

    def open(self, app: Flask, path: str, method: str, **sent: Any) -> TestResponse:
        """Ask in a browser of its own: what an answer does to cookies ends with it."""
        app.test_client_class = Browser
        browser = app.test_client()
        if self.cookie:
            browser.set_cookie("kiezvotum", self.cookie)
        return browser.open(path, method=method, **sent)


def visitors(held: Session, home: Ground, abroad: Ground) -> list[Visitor]:
    """Nobody, four roles in two areas, three beside them, who left, a session that was ended."""
    found = [Visitor("nobody", Role.RESIDENT), Visitor("applicant", Role.APPLICANT, home)]
    speaker = builder.sign_in(held, tasks.speaker(home))
    found.append(Visitor("speaker", Role.SPEAKER, home, speaker))
    found.append(
        Visitor("trustee", Role.TRUSTEE, home, tasks.sign_in_proved(held, tasks.trustee(home)))
    )
    for place, ground in (("here", home), ("elsewhere", abroad)):
        for person in (ground.member, ground.moderator, ground.administrator, ground.coordinator):
            role = Role.MEMBER if isinstance(person, Member) else Role(person.role)
            is_member = isinstance(person, Member)
            cookie = (tasks.sign_in_proved if is_member else builder.sign_in)(held, person)
            found.append(Visitor(f"{role} {place}", role, ground, cookie))
    found.append(Visitor("officer who left", Role.RESIDENT, cookie=_left(held, home)))
    found.append(Visitor("ended session", Role.RESIDENT, cookie=_ended(held, home)))
    held.expunge_all()
    return found


def _left(held: Session, home: Ground) -> str:
    """The cookie of an administrator whose access was ended; the session itself lives on."""
    officer = Officer(
        area_id=home.council.area.id,
        name="Ada Ehemals",
        role="administrator",
        has_access=True,
        ended_at=datetime.now(UTC),
    )
    held.add(officer)
    held.flush()
    return builder.sign_in(held, officer)


def _ended(held: Session, home: Ground) -> str:
    """The cookie of a moderator's session that was ended from another device."""
    cookie = builder.sign_in(held, home.moderator)
    held.get_one(UserSession, digest(cookie)).revoked_at = datetime.now(UTC)
    held.commit()
    return cookie
