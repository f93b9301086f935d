"""Where a request wanted to go before another page came first: signed, for one session."""

from typing import NamedTuple

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

LIFETIME_SECONDS = 30 * 60


class WayBack(NamedTuple):
    """An address of ours; `repeats` means that what was sent there is to be sent again."""

    address: str
    repeats: bool


def sign(session_id: str, *, repeats: bool) -> str:
    """The way back to this very request."""
    address = request.script_root + request.full_path.removesuffix("?")
    return str(_signer().dumps([session_id, address, repeats]))


def read(token: str, session_id: str) -> WayBack | None:
    """The way back that was signed for this session; None for anything else."""
    try:
        owner, address, repeats = _signer().loads(token, max_age=LIFETIME_SECONDS)
    except BadData:
        return None
    return WayBack(address, repeats) if owner == session_id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="way-back")
