"""The secret in the addresses that a meeting gives away: the hall screen, and "Ich bin da"."""

import hashlib
import secrets

from app.models import Meeting

KEY_BYTES = 16
ARRIVING_LENGTH = 22


def renew(meeting: Meeting) -> None:
    """Give the meeting a new secret; addresses with the old one lead nowhere any more."""
    meeting.hall_key = secrets.token_urlsafe(KEY_BYTES)


def fits(key: str, typed: str) -> bool:
    """Whether somebody has the secret of the screen; a meeting without one shows nothing."""
    return bool(key) and secrets.compare_digest(key.encode(), typed.encode())


def for_arriving(key: str) -> str:
    """The secret that says somebody was in the room; the one of the screen does not follow."""
    return hashlib.sha256(b"arriving:" + key.encode()).hexdigest()[:ARRIVING_LENGTH]


def fits_arriving(key: str, typed: str) -> bool:
    return bool(key) and fits(for_arriving(key), typed)
