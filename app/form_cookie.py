"""The signed cookie of a form that somebody filled in; most readers bring none."""

from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface


class FormCookie(SecureCookieSessionInterface):
    """Flask's own, with one serializer: making it anew cost a fortieth of the time of a page."""

    serializer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        if self.serializer is None:
            self.serializer = super().get_signing_serializer(app)
        return self.serializer


def init_app(app: Flask) -> None:
    app.session_interface = FormCookie()
