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

from app.models import Officer, SecondFactor

DIGITS = 6
INTERVAL = 30
# One step for a clock that is a little off, in either direction.
STEPS = (-1, 0, 1)
NONCE_BYTES = 12
ISSUER = "Kiezvotum"


def start(held: Session, officer: Officer) -> None:
    """Make a new secret that counts once a code of it was shown; the one in use stays so long."""
    _forget(held, officer, is_confirmed=False)
    secret = pyotp.random_base32(length=32)
    held.add(
        SecondFactor(
            area_id=officer.area_id, officer_id=officer.id, sealed_secret=_seal(officer, secret)
        )
    )


def started(held: Session, officer: Officer) -> str | None:
    """The secret that waits for its first code."""
    row = _find(held, officer, is_confirmed=False)
    return _unseal(officer, row) if row else None


def confirm(held: Session, officer: Officer, typed: str, now: datetime) -> bool:
    """Let the new secret count and forget the one before; False when the code is not of it."""
    row = _find(held, officer, is_confirmed=False)
    if row is None or not _use(held, officer, row, typed, now):
        return False
    _forget(held, officer, is_confirmed=True)
    row.confirmed_at = now
    return True


def use(held: Session, officer: Officer, typed: str, now: datetime) -> bool:
    """Whether this is a code of the officer's app that was not used yet; it is used up now."""
    row = _find(held, officer, is_confirmed=True)
    return row is not None and _use(held, officer, row, typed, now)


def confirmed_at(held: Session, officer: Officer) -> datetime | None:
    """Since when the officer's app counts; None while there is none."""
    row = _find(held, officer, is_confirmed=True)
    return row.confirmed_at if row else None


def forget(held: Session, officer: Officer) -> None:
    """Forget every secret of the officer."""
    _forget(held, officer, is_confirmed=True)
    _forget(held, officer, is_confirmed=False)


def picture(secret: str, login: str) -> str:
    """The secret as an SVG for the app's camera, as a data address."""
    code = segno.make(_totp(secret, login).provisioning_uri(), micro=False)
    return code.svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def _totp(secret: str, login: str = "") -> pyotp.TOTP:
    return pyotp.TOTP(secret, digits=DIGITS, interval=INTERVAL, name=login, issuer=ISSUER)


def _use(held: Session, officer: Officer, row: SecondFactor, typed: str, now: datetime) -> bool:
    secret = _unseal(officer, row)
    step = _step_of(secret, typed, now) if secret else None
    if step is None:
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


def _find(held: Session, officer: Officer, *, is_confirmed: bool) -> SecondFactor | None:
    return held.exec(
        select(SecondFactor).where(
            SecondFactor.area_id == officer.area_id,
            SecondFactor.officer_id == officer.id,
            col(SecondFactor.confirmed_at).is_not(None) == is_confirmed,
        )
    ).first()


def _forget(held: Session, officer: Officer, *, is_confirmed: bool) -> None:
    held.exec(
        delete(SecondFactor).where(
            col(SecondFactor.area_id) == officer.area_id,
            col(SecondFactor.officer_id) == officer.id,
            col(SecondFactor.confirmed_at).is_not(None) == is_confirmed,
        )
    )


def _seal(officer: Officer, secret: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, secret.encode(), _bound_to(officer))


def _unseal(officer: Officer, row: SecondFactor) -> str | None:
    """The secret; None when SECRET_KEY is not the one that sealed it."""
    nonce, sealed = row.sealed_secret[:NONCE_BYTES], row.sealed_secret[NONCE_BYTES:]
    try:
        return AESGCM(_key()).decrypt(nonce, sealed, _bound_to(officer)).decode()
    except InvalidTag:
        return None


def _bound_to(officer: Officer) -> bytes:
    return f"officer {officer.area_id} {officer.id}".encode()


def _key() -> bytes:
    return hmac.digest(str(current_app.secret_key).encode(), b"second factor", "sha256")
