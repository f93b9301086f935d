"""How a test reads what a parameter changes: rules in, an outcome out."""

from collections.abc import Callable
from typing import Any

from voting.rules.procedure import Procedure

Read = Callable[[Procedure], Any]
# The function that reads a parameter, and the outcome that each of some values must give.
Effect = tuple[Read, dict[Any, Any]]


def with_rules(read: Read, **others: Any) -> Read:
    """Read under further rules; a double underscore stands for the dot."""
    more = {name.replace("__", "."): value for name, value in others.items()}
    return lambda rules: read(
        Procedure({**more, **rules.parameters, **more}, rules.mode, rules.matter)
    )


def as_matter(matter: Any, read: Read) -> Read:
    return lambda rules: read(Procedure(rules.parameters, rules.mode, matter))


def in_mode(mode: Any, read: Read) -> Read:
    return lambda rules: read(Procedure(rules.parameters, mode, rules.matter))
