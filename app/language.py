"""The language of a page: German without a prefix, others by `/en/…`."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from babel import Locale
from flask import Flask, request
from flask_babel import Babel

from app import catalogue

LANGUAGES = ("de", "en")
NAMES = {"de": "Deutsch", "en": "English"}
DEFAULT = "de"
ENVIRON_KEY = "kiezvotum.language"


class PrefixMiddleware:
    """Moves a language prefix from the path to the script name, so that links keep it."""

    def __init__(self, wrapped: Callable[..., Iterable[bytes]]) -> None:
        self.wrapped = wrapped

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for language in LANGUAGES:
            prefix = f"/{language}"
            if language != DEFAULT and (path == prefix or path.startswith(prefix + "/")):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
                environ["PATH_INFO"] = path[len(prefix) :] or "/"
                environ[ENVIRON_KEY] = language
        return self.wrapped(environ, start_response)


def current() -> str:
    """The language of the running request."""
    return str(request.environ.get(ENVIRON_KEY, DEFAULT)) if request else DEFAULT


def same_page(language: str) -> str:
    """The address of this page in another language."""
    prefix = "" if language == DEFAULT else f"/{language}"
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return f"{prefix}{request.path}{query}"


def init_app(app: Flask) -> None:
    Babel(app, default_locale=DEFAULT, default_timezone="Europe/Berlin", locale_selector=_locale)
    app.wsgi_app = PrefixMiddleware(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(language=current, languages=LANGUAGES, same_page=same_page)
    app.jinja_env.globals["_"] = catalogue.gettext


def locale(language: str) -> str:
    """The locale of a language: Babel reads plain "en" as American."""
    return {"en": "en_GB"}.get(language, language)


def _locale() -> Locale:
    return _parsed(current())


@cache
def _parsed(language: str) -> Locale:
    return Locale.parse(locale(language))
