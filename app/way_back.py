"""Where a request wanted to go before another page came first: signed by us."""

from typing import NamedTuple

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

LIFETIME_SECONDS = 30 * 60
COOKIE = "way-back"


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


def keep() -> None:
    """Let the browser come back to this very page after its card was scanned."""
    address = request.script_root + request.full_path.removesuffix("?")
    value = str(_signer().dumps(address))
    is_https = bool(current_app.config["SESSION_COOKIE_SECURE"])

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            value,
            max_age=LIFETIME_SECONDS,
            secure=is_https,
            httponly=True,
            samesite="Lax",
        )
        return response


def kept() -> str | None:
    """The page to come back to, once; one of ours, because we signed it."""
    try:
        address = _signer().loads(request.cookies.get(COOKIE, ""), max_age=LIFETIME_SECONDS)
    except BadData:
        return None

    @after_this_request
    def delete_cookie(response: Response) -> Response:
        response.delete_cookie(COOKIE)
        return response

    return address if isinstance(address, str) else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="way-back")
