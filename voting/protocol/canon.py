"""Canonical JSON: one text for one value, read with exact types and field order."""

import json
import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NoReturn, TypeVar

from voting.errors import InputError, RefusalError

T = TypeVar("T")
Shape = Callable[[Any], T]

NATURAL_LIMIT = 2**30
_SCALAR = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def write(value: object) -> bytes:
    """Serialise a value without spaces, in field order, as UTF-8 without a final newline."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def read(data: bytes, shape: Shape[T]) -> T:
    """Parse a document of the given shape.

    Raises RefusalError `json.canonical` unless `data` is exactly what `write` makes of its value.
    """
    value = peek(data)
    parsed = shape(value)
    try:
        same = write(value) == data
    except UnicodeEncodeError:
        same = False
    if not same:
        refuse()
    return parsed


def peek(data: bytes) -> object:
    """Parse JSON of any shape, for deciding which shape to demand of it."""
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        refuse()


def hexadecimal(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return sha256(data).hexdigest()


def base64(data: bytes) -> str:
    """Return the SHA-256 of `data` in standard base64 without padding, 43 characters."""
    return b64encode(sha256(data).digest()).decode().rstrip("=")


def refuse() -> NoReturn:
    """Raise the refusal of whatever is not the one canonical text of its value."""
    raise RefusalError("json.canonical")


def text(value: Any) -> str:
    """Accept any string."""
    if type(value) is not str:
        refuse()
    return value


def natural(value: Any) -> int:
    """Accept a JSON number from 0 to 2^30-1."""
    if type(value) is not int or not 0 <= value < NATURAL_LIMIT:
        refuse()
    return value


def true(value: Any) -> bool:
    """Accept `true` only: a false flag is left out."""
    if value is not True:
        refuse()
    return True


def digest(value: Any) -> str:
    """Accept 64 lower-case hexadecimal digits."""
    if type(value) is not str or not _HASH.fullmatch(value):
        refuse()
    return value


def scalar(q: int) -> Shape[int]:
    """Accept the decimal text of a number from 0 to q-1."""

    limit = len(str(q))

    def shape(value: Any) -> int:
        if type(value) is not str or len(value) > limit or not _SCALAR.fullmatch(value):
            refuse()
        number = int(value)
        if number >= q:
            refuse()
        return number

    return shape


def matching(pattern: re.Pattern[str]) -> Shape[str]:
    """Accept a string that matches the whole pattern."""

    def shape(value: Any) -> str:
        if type(value) is not str or not pattern.fullmatch(value):
            refuse()
        return value

    return shape


def array(of: Shape[T]) -> Shape[tuple[T, ...]]:
    """Accept a JSON array whose members all have one shape."""

    def shape(value: Any) -> tuple[T, ...]:
        if type(value) is not list:
            refuse()
        return tuple([of(member) for member in value])

    return shape


def pair(value: Any) -> tuple[str, Any]:
    """Accept a JSON array of a string and one value of any shape."""
    if type(value) is not list or len(value) != 2 or type(value[0]) is not str:
        refuse()
    return value[0], value[1]


def record(
    make: Callable[..., T],
    fields: Mapping[str, Shape[Any]],
    optional: frozenset[str] | set[str] = frozenset(),
) -> Shape[T]:
    """Accept a JSON object with exactly these fields in this order; absent optional ones are None.

    The parsed fields are handed to `make` by position.
    """
    names = list(fields)
    shapes = list(fields.items())

    def shape(value: Any) -> T:
        if type(value) is not dict:
            refuse()
        present = list(value)
        if present != names and present != [
            name for name in names if name in value or name not in optional
        ]:
            refuse()
        return make(*[of(value[name]) if name in value else None for name, of in shapes])

    return shape


def require_text(value: str, *, newline: bool = False) -> str:
    """Return a text that may be written into a document.

    Raises InputError `text` unless it is NFC without control characters and lone surrogates;
    `newline` allows U+000A.
    """
    bare = value.replace("\n", "") if newline else value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError("text") from None
    if _CONTROL.search(bare) or not unicodedata.is_normalized("NFC", value):
        raise InputError("text")
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        refuse()
    return value


def _no_number(_text: str) -> NoReturn:
    refuse()
