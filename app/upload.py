"""Requests that may be larger than others: views that take a file or much text say how large."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., object])
# What a form around the file takes: boundaries, names, the token.
FORM_BYTES = 64 * 1024


def takes_file(most_bytes: int) -> Callable[[View], View]:
    """Mark a view whose form may carry a file of this size."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def takes_body(body_bytes: int) -> Callable[[View], View]:
    """Mark a view whose request may carry a body of this size."""

    def mark(view: View) -> View:
        view.body_bytes = body_bytes  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Widen the limit of marked views; to be called before anything reads a form."""
    app.before_request(_widen)


def most_bytes() -> int | None:
    """The size of a file that the view of this request takes."""
    return _said("most_bytes")


def _widen() -> None:
    most, body = most_bytes(), _said("body_bytes")
    if most is not None:
        request.max_content_length = most + FORM_BYTES
    elif body is not None:
        request.max_content_length = body


def _said(name: str) -> int | None:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, name, None)
