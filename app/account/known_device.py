"""A browser that has signed in to an account before, so that strangers' guesses do not slow it."""

import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

LIFETIME = timedelta(days=400)


def of(subject: str) -> str | None:
    """This browser's own number for the account, if it has signed in to it before."""
    cookie = request.cookies.get(_cookie_name(), "")
    try:
        known, number = _signer().loads(cookie, max_age=int(LIFETIME.total_seconds()))
    except BadData:
        return None
    return str(number) if known == subject else None


def remember(subject: str) -> None:
    """Let this browser be known to the account; a number it has is kept."""
    number = of(subject) or secrets.token_hex(8)
    cookie = _signer().dumps([subject, number])

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            _cookie_name(),
            cookie,
            max_age=LIFETIME,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _cookie_name() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known-device")
