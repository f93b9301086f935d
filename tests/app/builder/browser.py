"""A visitor as a page of ours makes requests."""

from contextvars import Context
from datetime import UTC, datetime
from itertools import count
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import Session
from werkzeug.test import TestResponse

from app.models import Member, Officer, UserSession
from app.visitor import digest
from tests.app.builder.council import FAR_AWAY

cookies = count(1)


def sign_in(held: Session, person: Member | Officer) -> str:
    """Start a session for a person; return the cookie's value."""
    cookie = f"session-{next(cookies)}"
    is_member = isinstance(person, Member)
    held.add(
        UserSession(
            id_hash=digest(cookie),
            area_id=person.area_id,
            member_id=person.id if is_member else None,
            officer_id=None if is_member else person.id,
            created_at=datetime.now(UTC),
            expires_at=FAR_AWAY,
        )
    )
    held.commit()
    return cookie


class Browser(FlaskClient):
    """A client that sends what a page of ours sends: the CSRF token and our own origin.

    Give the headers yourself to send something else. `held` is committed before each request, so
    that a test never holds the lock that the request waits for, and reads anew after it.
    """

    held: Session | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if self.held is not None:
            self.held.commit()
        if kwargs.get("method", "GET") not in ("GET", "HEAD"):
            own = {"Origin": self.application.config["PUBLIC_URL"], "X-CSRF-Token": self.csrf()}
            kwargs["headers"] = own | dict(kwargs.get("headers") or {})
        # An empty context: what the test pushed must not be seen by the request.
        response = Context().run(super().open, *args, **kwargs)
        if self.held is not None:
            self.held.expire_all()
        return response

    def csrf(self) -> str:
        """A token that this client's form session accepts."""
        Context().run(self._remember_token)
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return str(signer.dumps("of-a-test"))

    def _remember_token(self) -> None:
        with self.session_transaction() as form:
            form["csrf_token"] = "of-a-test"


def browse(app: Flask, held: Session | None, cookie: str | None = None) -> Browser:
    """A browser, signed in with this cookie."""
    app.test_client_class = Browser
    client = app.test_client()
    client.held = held
    if cookie:
        client.set_cookie("kiezvotum", cookie)
    return client
