"""What stands for a row in an address or a form: nothing that no database can look up."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST = 999_999_999


class RowNumber(IntegerConverter):
    """What `int` means in an address: at most nine digits, as many as every database counts."""

    regex = r"\d{1,9}"


class RowName(UnicodeConverter):
    """What a name means in an address: PostgreSQL refuses to look for a NUL."""

    def __init__(self, map: Map, **bounds: Any) -> None:  # noqa: A002  werkzeug's own name
        super().__init__(map, **bounds)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def init_app(app: Flask) -> None:
    app.url_map.converters.update(int=RowNumber, default=RowName, string=RowName)


def number(typed: str) -> int:
    """A number of a form, or ValueError for one that no row has."""
    found = int(typed)
    if abs(found) > LARGEST:
        raise ValueError(typed)
    return found
