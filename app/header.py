"""The security headers of every answer, and the refusal of requests from other pages."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from app.errors import Refused

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
TRUSTED_TYPES = "; require-trusted-types-for 'script'"
# Workers run only what app/browser/worker.js has loaded and compared.
OWN_WORKERS = f"{TRUSTED_TYPES}; trusted-types kv-worker; worker-src blob:"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    app.before_request(_require_own_page)
    app.after_request(_add)


def _add(response: Response) -> Response:
    own = {name.lower() for name, _value in response.headers}
    response.headers.extend(item for item in HEADERS.items() if item[0].lower() not in own)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in response.headers:
        # Only a view that is the same for everybody says how long it may be kept.
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _require_own_page() -> None:
    """Refuse a change that another page asked for.

    Forms of our pages send `Origin: null`, because no referrer may leave; the browser's
    Sec-Fetch-Site and the CSRF token speak for them. JSON must name our origin.
    """
    if request.method in SAFE_METHODS:
        return
    own = urlsplit(current_app.config["PUBLIC_URL"])
    origin = request.headers.get("Origin")
    allowed: set[str | None] = {f"{own.scheme}://{own.netloc}"}
    if not request.is_json:
        allowed |= {None, "null"}
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if origin not in allowed or foreign:
        raise Refused("foreign_request")
