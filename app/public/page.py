"""A public page: the same bytes for everybody, without a cookie, kept fresh by its ETag."""

from typing import Any

from flask import Response, current_app, request


def page(template: str, **shown: Any) -> Response:
    """Render a page that browsers keep but ask about again; it cannot know its visitor."""
    html = current_app.jinja_env.get_template(template).render(shown)
    return _fresh(Response(html, mimetype="text/html"))


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to keep; browsers never show it as a page."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(response)


def _fresh(response: Response) -> Response:
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
