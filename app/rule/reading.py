"""A version of the rules to be read: line by line, and beside another version."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from app.rule.groups import ALL, DEPENDS, Group
from voting.rules import template
from voting.rules.parameter import CATALOGUE


class Line(NamedTuple):
    """A rule, its value (None while empty), what holds meanwhile, what the template offers."""

    name: str
    value: Any
    meanwhile: Any
    offered: Any


class Change(NamedTuple):
    """What became of a rule between two versions."""

    kind: Literal["added", "changed", "removed"]
    name: str
    before: Any
    after: Any


def lines(parameters: Mapping[str, Any], body_kind: str) -> list[tuple[Group, list[Line]]]:
    """Every rule in its group; those are left out that another rule makes pointless."""
    offered = template.offers(body_kind)
    return [
        (
            group,
            [
                _line(name, parameters, offered)
                for name in group.parameters
                if not is_pointless(name, parameters)
            ],
        )
        for group in ALL
    ]


def _line(name: str, parameters: Mapping[str, Any], offered: Mapping[str, Any]) -> Line:
    value = parameters.get(name)
    if name == "lot.quota" and value is None:
        value = {}
    other = offered.get(name)
    return Line(name, value, CATALOGUE[name].default, None if other == value else other)


def is_pointless(name: str, parameters: Mapping[str, Any]) -> bool:
    """Whether an empty rule needs no answer, because another one has none or makes it pointless."""
    if name not in DEPENDS or parameters.get(name) is not None:
        return False
    master, pointless = DEPENDS[name]
    return parameters.get(master, CATALOGUE[master].default) in (None, *pointless)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Change]:
    """What differs, in the order in which it is asked."""
    names = [name for group in ALL for name in group.parameters]
    pairs = [(name, _plain(before.get(name)), _plain(after.get(name))) for name in names]
    return [Change(_kind(old, new), name, old, new) for name, old, new in pairs if old != new]


def _kind(old: Any, new: Any) -> Literal["added", "changed", "removed"]:
    if old is None:
        return "added"
    return "removed" if new is None else "changed"


def _plain(value: Any) -> Any:
    """A set as it is read back from the database."""
    return list(value) if isinstance(value, tuple) else value
