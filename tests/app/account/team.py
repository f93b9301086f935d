"""Officers and trustees with a real access, and what they do to get in."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from app import belonging
from app.account import kept_passphrase, passphrase, second_factor
from app.models import CountingCommission, Member, Officer, SecondFactor, UserSession
from app.visitor import digest
from tests.app import builder
from tests.app.builder import Browser, Council

PASSPHRASE = "blaue Gurke tanzt am Dienstag leise"
MAIL = "nele.vogt@team.example"
STEP = second_factor.INTERVAL


def stored_passphrase() -> str:
    return _hash(passphrase.hasher)


@cache
def _hash(hasher: PasswordHasher) -> str:
    """Once for each cost of hashing."""
    return hasher.hash(passphrase.normal(PASSPHRASE))


def add_officer(
    held: Session, council: Council, role: str = "moderator", mail: str = MAIL
) -> Officer:
    """An officer who was invited and has set up nothing yet; each address is somebody else's."""
    known = {MAIL: "Nele Vogt"}
    name = known.get(mail, mail.split("@", maxsplit=1)[0].title())
    officer = Officer(
        area_id=council.area.id, name=name, role=role, mail=mail, login=mail.casefold()
    )
    held.add(officer)
    held.commit()
    return officer


def equip(held: Session, person: Officer | Member) -> str:
    """Give an officer or a trustee a passphrase and an app; return the app's secret."""
    now = datetime.now(UTC)
    kept_passphrase.keep(held, person, stored_passphrase(), now)
    second_factor.start(held, person)
    secret = second_factor.started(held, person)
    row = held.exec(select(SecondFactor).where(belonging.of(SecondFactor, person))).one()
    row.confirmed_at = now
    person.has_access = True
    held.commit()
    return secret


def appoint(held: Session, council: Council, member: Member) -> CountingCommission:
    """Let this member hold the first part of the body's key."""
    return builder.seat_commission(held, council, [member])


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many steps later."""
    return pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=steps)


def wrong_codes(secret: str, number: int) -> list[str]:
    """As many codes that the app shows neither now nor soon."""
    right = {code(secret, steps) for steps in (-1, 0, 1, 2)}
    return [each for each in map("{:06}".format, range(number + 4)) if each not in right][:number]


def show_passphrase(browser: Browser, mail: str = MAIL, typed: str = PASSPHRASE) -> TestResponse:
    return browser.post("/account/sign-in", data={"mail": mail, "passphrase": typed})


def show_code(browser: Browser, typed: str) -> TestResponse:
    return browser.post("/account/sign-in/code", data={"code": typed})


def session_of(held: Session, browser: Browser) -> UserSession:
    """The row behind the browser's cookie."""
    cookie = browser.get_cookie("kiezvotum")
    assert cookie is not None
    return held.get_one(UserSession, digest(cookie.value))


def browse(app, held: Session, person: Officer | Member, *, age_minutes: int = 0) -> Browser:
    """A browser in which this person proved who this is so many minutes ago."""
    browser = builder.browse(app, held, builder.sign_in(held, person))
    row = session_of(held, browser)
    row.confirmed_at = datetime.now(UTC) - timedelta(minutes=age_minutes)
    row.seen_at = datetime.now(UTC)
    held.commit()
    return browser
