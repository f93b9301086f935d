"""Canonical JSON of the decision log: RFC 8785, restricted to whole numbers.

The ballot protocol has a canonical form of its own, in field order; the two never meet.
"""

import json
from typing import Any, NoReturn

from voting.errors import RefusalError
from voting.shape import LARGEST

_DEPTH = 32


def write(value: object) -> bytes:
    """Serialise null, booleans, whole numbers, strings, lists and string-keyed mappings.

    Keys are sorted by UTF-16 code units. Raise RefusalError `log.value` for anything else: floats,
    numbers beyond 2^53-1, lone surrogates, nesting deeper than 32.
    """
    ordered = _ordered(value, _DEPTH)
    return json.dumps(ordered, separators=(",", ":"), ensure_ascii=False).encode()


def read(data: bytes) -> Any:
    """Parse canonical bytes; raise RefusalError `log.canonical` for any other bytes."""
    value = _parse(data)
    try:
        written = write(value)
    except RefusalError:
        _refuse()
    if written != data:
        _refuse()
    return value


def _ordered(value: object, depth: int) -> object:
    if value is None or type(value) is bool:
        return value
    if type(value) is int and abs(value) <= LARGEST:
        return value
    if type(value) is str and _is_text(value):
        return value
    if depth and isinstance(value, (list, tuple)):
        return [_ordered(item, depth - 1) for item in value]
    if depth and isinstance(value, dict):
        return {key: _ordered(value[key], depth - 1) for key in sorted(value, key=_units)}
    raise RefusalError("log.value")


def _units(key: object) -> bytes:
    if type(key) is not str or not _is_text(key):
        raise RefusalError("log.value")
    return key.encode("utf-16-be")


def _is_text(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _parse(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        _refuse()


def _no_float(_: str) -> NoReturn:
    _refuse()


def _refuse() -> NoReturn:
    raise RefusalError("log.canonical")
