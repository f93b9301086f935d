"""A public page: the same bytes for everybody, without a cookie, kept fresh by its ETag."""

import json
import re
from typing import Any

from flask import Response, current_app, request
from jinja2 import Environment, Template
from jinja2.ext import Extension
from jinja2.runtime import Context

from app import catalogue, language

FIXED_CALL = re.compile(r"""\b(_|asset|integrity|url_for)\((["'])([^"'%]*)\2\)""")


class Spoken(Extension):
    """Writes language, fixed sentences and fixed links into a template while it is compiled.

    Looking forty of them up for every reader took more than a fifth of the time of a page.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        source = source.replace("language()", _literal(self.spoken))
        return FIXED_CALL.sub(self._fix, source)

    @property
    def spoken(self) -> str:
        return str(self.environment.spoken)  # type: ignore[attr-defined]

    def _fix(self, call: re.Match[str]) -> str:
        """What a call with one fixed word gives, as it stands in an expression of a template."""
        function, _quote, word = call.groups()
        if function == "_":
            return _literal(catalogue.find(self.spoken, word))
        if function == "url_for":
            path = current_app.url_map.bind("").build(word)
            return f"(request.script_root ~ {_literal(path)})"
        return _literal(current_app.jinja_env.globals[function](word))  # type: ignore[operator]


def _literal(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


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
        # Kept bytecode goes by the name of a template and does not know the language.
        made[spoken] = current_app.jinja_env.overlay(extensions=[Spoken], bytecode_cache=None)
        made[spoken].extend(spoken=spoken)
        made[spoken].template_class = Part
    return made[spoken]


def _fresh(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    if request.if_none_match:
        response.make_conditional(request)
    return response
