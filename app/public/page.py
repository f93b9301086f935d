"""A public page: the same bytes for everybody, without a cookie, kept fresh by its ETag."""

import json
import re
from typing import Any

from flask import Response, current_app, request
from jinja2 import Environment, Template
from jinja2.ext import Extension
from jinja2.runtime import Context

from app import catalogue, language

FIXED_SENTENCE = re.compile(r"""\b_\((["'])([^"'%]*)\1\)""")


class Spoken(Extension):
    """Writes language and fixed sentences into a template while it is compiled for a language.

    Looking thirty of them up for every reader took a fifth of the time of a page.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        spoken: str = self.environment.spoken  # type: ignore[attr-defined]
        source = source.replace("language()", _literal(spoken))
        return FIXED_SENTENCE.sub(lambda found: _literal(catalogue.find(spoken, found[2])), source)


def _literal(sentence: str) -> str:
    """A sentence as it stands in an expression of a template."""
    return json.dumps(sentence, ensure_ascii=False)


class Part(Template):
    """A template whose macros are made once: no page here brings globals of its own.

    Comparing them for each of a dozen imports took an eighth of the time of a page.
    """

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


def page(template: str, **shown: Any) -> Response:
    """Render a page that browsers keep but ask about again; it cannot know its visitor."""
    spoken = language.current()
    with catalogue.keeping(spoken):
        html = _environment(spoken).get_template(template).render(shown)
    return _fresh(Response(html, mimetype="text/html"))


def download(content: bytes, name: str, kind: str, *, is_public: bool = True) -> Response:
    """A file to keep; browsers never show it as a page, nor keep what is not for everybody."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(response) if is_public else response


def _environment(spoken: str) -> Environment:
    made: dict[str, Environment] = current_app.extensions.setdefault("spoken", {})
    if spoken not in made:
        made[spoken] = current_app.jinja_env.overlay(extensions=[Spoken])
        made[spoken].extend(spoken=spoken)
        made[spoken].template_class = Part
    return made[spoken]


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    if request.if_none_match:
        response.make_conditional(request)
    return response
