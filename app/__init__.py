"""The shell around the core: HTTP, SQL, mail, clock, randomness and words."""

import gc

# Nothing that is loaded below becomes garbage: looking for it takes a sixth of a start.
gc.disable()

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import (
    account,
    asset,
    booth,
    commands,
    commission,
    coordination,
    db,
    desk,
    doubt,
    emergency,
    errors,
    form_cookie,
    guard,
    hall,
    header,
    language,
    meeting,
    minutes,
    money,
    paper,
    proposals,
    public,
    roster,
    row_id,
    still,
    tablet,
    template,
    text,
    upload,
    visitor,
)
from app.config import Settings
from app.rule import words

ROOMS = (
    public,
    account,
    proposals,
    booth,
    commission,
    desk,
    meeting,
    hall,
    doubt,
    minutes,
    emergency,
    money,
    paper,
    tablet,
    roster,
    coordination,
)
BODY_LIMIT = 256 * 1024

gc.freeze()
# A page makes some thousand short-lived objects: looking for circles among them after every 700
# took a twenty-fifth of its time.
gc.set_threshold(20_000, 20, 20)
gc.enable()


def create_app(settings: Settings | None = None) -> Flask:
    """An application with every room open and every endpoint marked."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.jinja_environment = template.Environment
    app.config.update(
        SECRET_KEY=settings.secret_key,
        PUBLIC_URL=settings.public_url,
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_NAME="__Host-form" if settings.is_https else "form",
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
    )
    app.extensions["settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    row_id.init_app(app)
    db.init_app(app, settings.database_url)
    header.init_app(app)
    form_cookie.init_app(app)
    visitor.init_app(app)
    errors.init_app(app)
    upload.init_app(app)
    guard.init_app(app)
    CSRFProtect(app)
    for part in (asset, text, words, commands):
        part.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    guard.require_marks(app)
    language.init_app(app)
    _serve_static(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    still.init_app(app)
    return app


def _serve_static(app: Flask) -> None:
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(asset.STATIC),
        prefix="static/",
        max_age=31536000,
        immutable_file_test=lambda path, url: True,
        allow_all_origins=False,
        add_headers_function=_static_headers,
    )


def _static_headers(headers: object, path: str, url: str) -> None:
    for name, value in header.HEADERS.items():
        headers[name] = value  # type: ignore[index]
