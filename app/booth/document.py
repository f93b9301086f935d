"""The booth itself: one document, the same bytes for every member and language."""

from contextvars import Context
from hashlib import sha256
from typing import NamedTuple

from flask import Flask, Response, current_app

from app.booth.words import opening_words
from app.header import HEADERS, TRUSTED_TYPES

VERSION_DIGITS = 12
YEAR = 31536000
EXTENSION = "booth"


class Document(NamedTuple):
    """The bytes and the name that changes with them and with the script they load."""

    version: str
    content: bytes


def current() -> Document:
    """The booth of this application, rendered once."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    if EXTENSION not in app.extensions:
        # In an empty context there is no request, user, language or token that could leak in.
        app.extensions[EXTENSION] = Context().run(_render, app)
    return app.extensions[EXTENSION]


def answer() -> Response:
    """The booth with its own policy: text never becomes markup or script in it."""
    response = Response(current().content, mimetype="text/html")
    response.headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"] + TRUSTED_TYPES
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _render(app: Flask) -> Document:
    with app.app_context():
        opening = opening_words()
    content = app.jinja_env.get_template("booth/document.html").render(opening=opening).encode()
    script = str(app.extensions["assets"]["booth.js"]["integrity"])
    digest = sha256(script.encode() + b"\n" + content).hexdigest()
    return Document(digest[:VERSION_DIGITS], content)
