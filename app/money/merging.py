"""Two desks at one table: who changed what, and where both changed the same."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Values = Mapping[str, Any]


class Merged(NamedTuple):
    """What holds now; `taken` names the fields that another desk had changed meanwhile."""

    values: dict[str, Any]
    taken: frozenset[str]


def merge(typed: Values, seen: Values, stored: Values) -> Merged:
    """Keep what is stored unless it was typed anew; `seen` is what the page had shown.

    A field that both changed in different ways keeps what is stored and is named.
    """
    changed = {name for name in stored if typed[name] != seen.get(name)}
    foreign = {
        name for name in changed if stored[name] != seen.get(name) and stored[name] != typed[name]
    }
    values = {name: typed[name] if name in changed - foreign else stored[name] for name in stored}
    return Merged(values, frozenset(foreign))
