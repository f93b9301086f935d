"""The forms a parameter of the rules of procedure may have, each with one canonical spelling."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from math import gcd
from typing import Literal

from voting.errors import InputError

Value = str | int | bool | tuple[str, ...] | dict[str, int]
Form = Literal["choice", "integer", "boolean", "set", "share", "deadline", "quota"]

LARGEST = 1_000_000_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_SHARE = re.compile(r"(>=?)([1-9]\d{0,2})/([1-9]\d{0,2})", re.ASCII)
_WEEKLY = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_DAYS = re.compile(r"([1-9]\d{0,2}) days", re.ASCII)
_STRATUM = re.compile(r"\S(.{0,58}\S)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Describe one parameter: what it may hold and what it is before a body sets it.

    `default` applies while a version leaves the parameter empty. `presets` are only offered by the
    template of a kind of body; until confirmed into a version the parameter stays empty. A set
    always holds its first allowed value.
    """

    name: str
    form: Form
    allowed: tuple[str, ...] = ()
    least: int = 0
    most: int = LARGEST
    default: Value | None = None
    presets: Mapping[str, Value] = field(default_factory=dict)

    def accepts(self, value: object) -> bool:
        """Tell whether `value` has the form and lies in the range of this parameter."""
        match self.form:
            case "boolean":
                return isinstance(value, bool)
            case "choice":
                return isinstance(value, str) and value in self.allowed
            case "integer":
                return type(value) is int and self.least <= value <= self.most
            case "set":
                return _is_set_of(value, self.allowed)
            case "share":
                return isinstance(value, str) and _is_share(value)
            case "deadline":
                return isinstance(value, str) and _is_deadline(value)
        return _is_quota(value)


@dataclass(frozen=True, slots=True)
class Share:
    """Hold a share of a whole: `part` of `of`, or strictly more than that."""

    strict: bool
    part: int
    of: int

    def least(self, whole: int) -> int:
        """Return the smallest number that is this share of `whole`."""
        if self.strict:
            return whole * self.part // self.of + 1
        return -(-whole * self.part // self.of)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hold an hour of the week; Monday is 0."""

    weekday: int
    at: time


def share_of(text: str) -> Share:
    """Read a share such as ">1/2" or ">=2/3"; raise InputError `share_unknown`."""
    found = _SHARE.fullmatch(text)
    if not found:
        raise InputError("share_unknown", rule=text)
    return Share(found[1] == ">", int(found[2]), int(found[3]))


def deadline_of(text: str) -> Weekly | int | None:
    """Read a deadline: "none", "tue 18:00" (weekly) or "42 days" (as a number of days).

    Raise InputError `deadline_unknown`.
    """
    if text == "none":
        return None
    if weekly := _WEEKLY.fullmatch(text):
        return Weekly(WEEKDAYS.index(weekly[1]), time(int(weekly[2]), int(weekly[3])))
    if days := _DAYS.fullmatch(text):
        return int(days[1])
    raise InputError("deadline_unknown", rule=text)


def _is_share(text: str) -> bool:
    if not _SHARE.fullmatch(text):
        return False
    share = share_of(text)
    most = share.of - 1 if share.strict else share.of
    return share.part <= most and gcd(share.part, share.of) == 1


def _is_deadline(text: str) -> bool:
    return text == "none" or bool(_WEEKLY.fullmatch(text) or _DAYS.fullmatch(text))


def _is_set_of(value: object, allowed: tuple[str, ...]) -> bool:
    if not isinstance(value, (tuple, list)) or not value:
        return False
    known = all(item in allowed for item in value)
    return known and allowed[0] in value and len(set(value)) == len(value)


def _is_quota(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return all(_is_stratum(name) and _is_places(places) for name, places in value.items())


def _is_stratum(name: object) -> bool:
    return isinstance(name, str) and name.isprintable() and bool(_STRATUM.fullmatch(name))


def _is_places(places: object) -> bool:
    return type(places) is int and 0 <= places <= LARGEST
