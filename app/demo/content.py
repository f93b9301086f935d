"""The invented content as it stands in the JSON files beside this one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def area() -> dict[str, Any]:
    """The area with its office, council, seats and rules."""
    return _read("area")


@cache
def jury() -> dict[str, Any]:
    """The jury with its fund, what it decided and what lies on its table."""
    return _read("jury")


@cache
def proposals() -> dict[str, dict[str, Any]]:
    """Every proposal by its key."""
    return {each["key"]: each for each in _read("proposals")}


@cache
def rounds() -> dict[str, Any]:
    """What was decided, is voted on now, comes next, and what later rounds may ask."""
    return _read("rounds")


@cache
def agenda() -> dict[str, Any]:
    """The agenda of an evening, and the file that belongs to its first vote."""
    return _read("agenda")


def document() -> bytes:
    return (FOLDER / agenda()["document"]).read_bytes()


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text())
