"""Read a file of scenarios, strictly: every wrong place is refused with its path (DOMAIN 11).

Refusals are RefusalError with the `path` of the field, empty for the whole document, and a reason:
`utf8`, `json` (with `line` and `column`), `deep`, `twice` (a key or an id), `shape`, `unknown` (an
id that is nowhere declared), `contradiction`, `rule_missing`.
"""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from voting.errors import RefusalError
from voting.scenario.inputs import INPUTS
from voting.shape import anything, choice, inside, listed, nullable, record, text

_DEPTH = 32
_DIGITS = 17

_document = record(
    {"format": choice("kiezvotum-scenarios/1"), "scenarios": listed(anything)},
    {"note": anything},
)
_scenario = record(
    {"id": text(200), "kind": choice(*INPUTS), "input": anything},
    {"title": nullable(text(1000)), "origin": nullable(text(1000)), "expect": anything},
)


def read(data: bytes) -> list[dict[str, Any]]:
    """Return the scenarios of a file in its order, each with the shape of its kind."""
    document = _parse(data)
    _require_plain(document, "", _DEPTH)
    _document(document, "")
    seen: set[str] = set()
    for place, scenario in enumerate(document["scenarios"]):
        path = f"scenarios[{place}]"
        _scenario(scenario, path)
        if scenario["id"] in seen:
            raise RefusalError("twice", path=f"{path}.id")
        seen.add(scenario["id"])
        INPUTS[scenario["kind"]](scenario["input"], f"{path}.input")
    return document["scenarios"]


def _parse(data: bytes) -> Any:
    try:
        return json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_int=_whole, parse_float=_Foreign
        )
    except UnicodeDecodeError:
        _refuse("utf8")
    except json.JSONDecodeError as error:
        raise RefusalError("json", path="", line=error.lineno, column=error.colno) from None
    except RecursionError:
        _refuse("deep")


def _refuse(reason: str) -> NoReturn:
    raise RefusalError(reason, path="") from None


class _Foreign:
    """Stand where a number has no place in the rules: a fraction, or one too long to be meant."""

    def __init__(self, _: str) -> None:
        """Forget the digits."""


class _Repeated(dict[str, Any]):
    """Hold an object that names a key twice."""

    key = ""


def _whole(digits: str) -> "int | _Foreign":
    return int(digits) if len(digits) <= _DIGITS else _Foreign(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            repeated = _Repeated(pairs)
            repeated.key = name
            return repeated
        found[name] = value
    return found


def _require_plain(value: object, path: str, depth: int) -> None:
    """Refuse keys named twice and documents nested too deep, wherever they are."""
    if not depth:
        raise RefusalError("deep", path=path)
    if isinstance(value, _Repeated):
        raise RefusalError("twice", path=inside(path, value.key))
    for place, inner in _places(value, path):
        _require_plain(inner, place, depth - 1)


def _places(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield inside(path, name), inner
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield f"{path}[{place}]", inner
