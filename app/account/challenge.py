"""What a passkey signs: signed by us beforehand, good for minutes and answered once.

Nothing is stored before a passkey has answered, so that a page can carry one without a change.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.errors import Refused
from app.models import UsedChallenge
from voting.errors import RefusalError
from voting.protocol import canon

LIFETIME = timedelta(minutes=10)
SIGN_IN = "sign-in"


def issue(purpose: str) -> bytes:
    """A challenge for one purpose."""
    return str(_signer().dumps([purpose, secrets.token_hex(16)])).encode()


def answered(response: dict[str, object], purpose: str) -> bytes:
    """The challenge that a passkey's answer names, if it is ours and still good."""
    try:
        stated = canon.peek(_decoded(response))["challenge"]  # type: ignore[index]
        challenge = base64.urlsafe_b64decode(stated + "=" * (-len(stated) % 4))
        found = _signer().loads(challenge, max_age=int(LIFETIME.total_seconds()))
    except (BadData, RefusalError, ValueError, KeyError, TypeError):
        raise Refused("passkey_refused") from None
    if found[0] != purpose:
        raise Refused("passkey_refused")
    return challenge


def use_up(held: Session, challenge: bytes, now: datetime) -> None:
    """Keep the challenge from being answered again."""
    held.add(UsedChallenge(digest=hashlib.sha256(challenge).hexdigest(), expires_at=now + LIFETIME))
    try:
        held.flush()
    except IntegrityError:
        raise Refused("passkey_refused") from None


def _decoded(response: dict[str, object]) -> bytes:
    inner = response["response"]
    text = inner["clientDataJSON"] if isinstance(inner, dict) else ""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="passkey-challenge")
