"""The small shapes that the fields of a document are made of.

A shape is called with a value and the path of that value; it returns nothing or raises RefusalError
`shape` with the `path`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NoReturn

from voting.errors import RefusalError

Shape = Callable[[object, str], None]

LARGEST = 2**53 - 1

_NOTHING: Mapping[str, Shape] = MappingProxyType({})
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def refuse(path: str) -> NoReturn:
    """Raise the refusal of the field at `path`."""
    raise RefusalError("shape", path=path)


def inside(path: str, name: str) -> str:
    """Return the path of a field; the path of a whole document is empty."""
    return f"{path}.{name}" if path else name


def pattern(expression: str) -> Shape:
    """Accept a string that matches the whole expression."""
    compiled = re.compile(expression, re.ASCII)

    def check(value: object, path: str) -> None:
        if type(value) is not str or not compiled.fullmatch(value):
            refuse(path)

    return check


def choice(*allowed: str) -> Shape:
    """Accept one of the strings."""

    def check(value: object, path: str) -> None:
        if type(value) is not str or value not in allowed:
            refuse(path)

    return check


def whole(least: int = 0) -> Shape:
    """Accept a whole number from `least` on."""

    def check(value: object, path: str) -> None:
        if type(value) is not int or not least <= value <= LARGEST:
            refuse(path)

    return check


def text(longest: int) -> Shape:
    """Accept a text that is not blank, of at most `longest` characters, line feeds allowed."""

    def check(value: object, path: str) -> None:
        if type(value) is not str or not value.strip() or len(value) > longest:
            refuse(path)
        if _CONTROL.search(value):
            refuse(path)

    return check


def anything(value: object, path: str) -> None:
    """Accept whatever there is."""


def nullable(shape: Shape) -> Shape:
    """Accept null, or what the shape accepts."""

    def check(value: object, path: str) -> None:
        if value is not None:
            shape(value, path)

    return check


def listed(shape: Shape, least: int = 0) -> Shape:
    """Accept a list of at least `least` items of one shape."""

    def check(value: object, path: str) -> None:
        if type(value) is not list or len(value) < least:
            refuse(path)
        for place, item in enumerate(value):
            shape(item, f"{path}[{place}]")

    return check


def mapped(shape: Shape) -> Shape:
    """Accept an object with any keys and values of one shape."""

    def check(value: object, path: str) -> None:
        if type(value) is not dict:
            refuse(path)
        for name, inner in value.items():
            shape(inner, inside(path, name))

    return check


def record(fields: Mapping[str, Shape], optional: Mapping[str, Shape] = _NOTHING) -> Shape:
    """Accept an object with exactly these fields, and the optional ones if they are there."""

    def check(value: object, path: str) -> None:
        if type(value) is not dict:
            refuse(path)
        for name in fields:
            if name not in value:
                refuse(inside(path, name))
        for name, inner in value.items():
            shape = fields.get(name) or optional.get(name) or _unknown
            shape(inner, inside(path, name))

    return check


def flag(value: object, path: str) -> None:
    """Accept true or false."""
    if type(value) is not bool:
        refuse(path)


def either(name: str, having: Shape, lacking: Shape) -> Shape:
    """Accept an object by one shape if it has the field, by the other if not."""

    def check(value: object, path: str) -> None:
        shape = having if type(value) is dict and name in value else lacking
        shape(value, path)

    return check


def _unknown(value: object, path: str) -> None:
    refuse(path)


def moment(value: object, path: str) -> None:
    """Accept a time in UTC, to the second: 2026-03-12T18:04:00Z."""
    if type(value) is not str or not _MOMENT.fullmatch(value):
        refuse(path)
    try:
        datetime.fromisoformat(value)
    except ValueError:
        refuse(path)


def day(value: object, path: str) -> None:
    """Accept a date: 2026-03-12."""
    if type(value) is not str or not _DATE.fullmatch(value):
        refuse(path)
    try:
        date.fromisoformat(value)
    except ValueError:
        refuse(path)


digest = pattern(r"[0-9a-f]{64}")
slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
