"""Markdown that people typed becomes safe HTML; nothing else makes markup of user text."""

import re
from functools import lru_cache

import bleach
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LONGEST = 20_000
REMEMBERED = 512
TAGS = frozenset(
    (
        "p",
        "br",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "hr",
        "h3",
        "h4",
        "a",
    )
)
PROTOCOLS = frozenset({"http", "https", "mailto"})
REL = "nofollow noopener noreferrer"
# The first two levels belong to the page.
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Only addresses that say where they lead; a relative one could point at our own buttons.
_ADDRESS = re.compile("(https?://|mailto:)", re.IGNORECASE)
_START = re.compile("[0-9]{1,9}")

_markdown = MarkdownIt("commonmark", {"html": False}).disable("image")


@lru_cache(maxsize=REMEMBERED)
def render(source: str) -> Markup:
    """Safe HTML of at most 20,000 characters of Markdown (SECURITY: the short list of tags).

    Published texts never change, so the last ones are remembered.
    """
    tokens = _markdown.parse(_CONTROL.sub("", source)[:LONGEST])
    for token in tokens:
        _tame(token)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = bleach.clean(
        html,
        tags=TAGS,
        attributes=_is_allowed,
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    return Markup(clean)  # noqa: S704


def _tame(token: Token) -> None:
    token.tag = HEADINGS.get(token.tag, token.tag)
    if token.type == "link_open":
        token.attrSet("rel", REL)
    for child in token.children or ():
        _tame(child)


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        is_address = name == "href" and _ADDRESS.match(value) is not None
        return is_address or (name == "rel" and value == REL)
    return tag == "ol" and name == "start" and _START.fullmatch(value) is not None
