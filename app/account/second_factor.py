"""Codes of an app (TOTP, RFC 6238): set up by a picture, each code taken once."""

import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app import belonging
from app.models import Member, Officer, SecondFactor

DIGITS = 6
INTERVAL = 30
# One step for a clock that is a little off, in either direction.
STEPS = (-1, 0, 1)
NONCE_BYTES = 12
# Compared where there is no app, so that the answer takes as long; nothing it yields is taken.
NOBODYS = "A" * 32
ISSUER = "Kiezvotum"
Person = Member | Officer


def start(held: Session, person: Person) -> None:
    """Make a new secret that counts once a code of it was shown; the one in use stays so long."""
    _forget(held, person, is_confirmed=False)
    secret = pyotp.random_base32(length=32)
    held.add(SecondFactor(**belonging.owner(person), sealed_secret=_seal(person, secret)))


def started(held: Session, person: Person) -> str | None:
    """The secret that waits for its first code."""
    row = _find(held, person, is_confirmed=False)
    return _unseal(person, row) if row else None


def confirm(held: Session, person: Person, typed: str, now: datetime) -> bool:
    """Let the new secret count and forget the one before; False when the code is not of it."""
    row = _find(held, person, is_confirmed=False)
    if row is None or not _use(held, person, row, typed, now):
        return False
    _forget(held, person, is_confirmed=True)
    row.confirmed_at = now
    return True


def use(held: Session, person: Person, typed: str, now: datetime) -> bool:
    """Whether this is a code of the person's app that was not used yet; it is used up now."""
    return _use(held, person, _find(held, person, is_confirmed=True), typed, now)


def confirmed_at(held: Session, person: Person) -> datetime | None:
    """Since when the person's app counts; None while there is none."""
    row = _find(held, person, is_confirmed=True)
    return row.confirmed_at if row else None


def forget(held: Session, person: Person) -> None:
    """Forget every secret of the person."""
    _forget(held, person, is_confirmed=True)
    _forget(held, person, is_confirmed=False)


def picture(secret: str, login: str) -> str:
    """The secret as an SVG for the app's camera, as a data address."""
    code = segno.make(_totp(secret, login).provisioning_uri(), micro=False)
    return code.svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def _totp(secret: str, login: str = "") -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=INTERVAL, name=login, issuer=ISSUER)


def _use(
    held: Session, person: Person, row: SecondFactor | None, typed: str, now: datetime
) -> bool:
    secret = _unseal(person, row) if row else None
    step = _step_of(secret or NOBODYS, typed, now)
    if row is None or secret is None or step is None:
        return False
    taken = held.exec(
        update(SecondFactor)
        .where(col(SecondFactor.id) == row.id, col(SecondFactor.last_step) < step)
        .values(last_step=step)
    )
    return taken.rowcount == 1


def _step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The time step that a code belongs to; the newest if it were of two."""
    code = "".join(typed.split())
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    made, today = _totp(secret), int(now.timestamp()) // INTERVAL
    fitting = [
        today + off for off in STEPS if hmac.compare_digest(made.generate_otp(today + off), code)
    ]
    return max(fitting, default=None)


def _find(held: Session, person: Person, *, is_confirmed: bool) -> SecondFactor | None:
    return held.exec(
        select(SecondFactor).where(
            belonging.of(SecondFactor, person),
            col(SecondFactor.confirmed_at).is_not(None) == is_confirmed,
        )
    ).first()


def _forget(held: Session, person: Person, *, is_confirmed: bool) -> None:
    held.exec(
        delete(SecondFactor).where(
            belonging.of(SecondFactor, person),
            col(SecondFactor.confirmed_at).is_not(None) == is_confirmed,
        )
    )


def _seal(person: Person, secret: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, secret.encode(), _bound_to(person))


def _unseal(person: Person, row: SecondFactor) -> str | None:
    """The secret; None when SECRET_KEY is not the one that sealed it."""
    nonce, sealed = row.sealed_secret[:NONCE_BYTES], row.sealed_secret[NONCE_BYTES:]
    try:
        return AESGCM(_key()).decrypt(nonce, sealed, _bound_to(person)).decode()
    except InvalidTag:
        return None


def _bound_to(person: Person) -> bytes:
    return f"{belonging.kind(person)} {person.area_id} {person.id}".encode()


def _key() -> bytes:
    return hmac.digest(str(current_app.secret_key).encode(), b"second factor", "sha256")
