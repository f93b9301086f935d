"""Many screens ask the same all evening: who has the answer of this moment is told so at once.

A moment lasts a quarter of a second for the hall, and one second for phones. Who asks without the
mark of an answer is never served from here, so a new page is as fresh as the database. Only views
that are the same for everybody keep their mark.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from flask import Flask, Response, current_app, request

from app.header import HEADERS

SECONDS = 0.25
MOST = 256
SENT = [*HEADERS.items(), ("Cache-Control", "no-store")]

Marks = dict[tuple[str, str], tuple[str, float]]


class Shortcut:
    """Answers in front of everything else."""

    def __init__(self, wrapped: Callable[..., Iterable[bytes]], kept: Marks) -> None:
        self.wrapped = wrapped
        self.kept = kept

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and environ["REQUEST_METHOD"] == "GET":
            tag, until = self.kept.get(_place(environ), ("", 0.0))
            if tag == known and until >= monotonic():
                start_response("304 Not Modified", [*SENT, ("ETag", tag)])
                return []
        return self.wrapped(environ, start_response)


def init_app(app: Flask) -> None:
    """The last to be wrapped around the application, and so the first to be asked."""
    kept: Marks = app.extensions.setdefault("still", {})
    app.wsgi_app = Shortcut(app.wsgi_app, kept)  # type: ignore[method-assign]


def answer(response: Response, tag: str, seconds: float = SECONDS) -> Response:
    """The response with this mark, or the word that nothing has changed; both for so long."""
    response.set_etag(tag)
    kept: Marks = current_app.extensions["still"]
    if len(kept) >= MOST:
        kept.clear()
    kept[_place(request.environ)] = (response.headers["ETag"], monotonic() + seconds)
    response.make_conditional(request)
    return response


def _place(environ: dict[str, Any]) -> tuple[str, str]:
    """The whole address; a language stands in its first part."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return path, environ.get("QUERY_STRING", "")
