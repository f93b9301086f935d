"""The doors of the site: every method of every endpoint, and the addresses behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from app.policy import POLICY, Action
from app.visitor import Role

# Ids that name no row of an area: a step, a version of a script, the kind of an item, a year.
NO_ROWS = {"step", "version", "kind", "year"}
# A secret is not found like a row: who guesses it is counted and told that it is over.
SECRETS = {"token"}
# Whose page it is, or whose place at a seat or on a list.
OF_PERSONS = {"member_id", "membership_id", "deputy_id", "place_id"}
GUESSES = ["%", "0", "-1"]
NUMBERS = [0, 1_000_000]
# What no row can be called; no page has to look like another's for it.
NO_IDS = ["a\0b"]
NO_NUMBERS = [10**30, 10**12, -1]


@dataclass(frozen=True)
class Door:
    """A method of an endpoint and the action its view is marked with."""

    rule: Rule
    method: str
    action: Action | None

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def names(self) -> list[str]:
        """The ids in the address."""
        return sorted(self.rule.arguments)

    @property
    def rows(self) -> set[str]:
        """Those of them that name rows."""
        return self.rule.arguments - NO_ROWS - SECRETS

    @property
    def is_about_person(self) -> bool:
        """Whether it shows officers what is noted of one member."""
        return bool(self.rule.arguments & OF_PERSONS)

    @property
    def is_public(self) -> bool:
        return self.action is not None and Role.RESIDENT in POLICY[self.action]

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"

    def absent(self, name: str) -> Any:
        """An id as it should be, of nothing."""
        return 999_999_999 if self._is_number(name) else "nothing-of-ours"

    def guesses(self, name: str) -> list[Any]:
        return NUMBERS if self._is_number(name) else GUESSES

    def impossible(self, name: str) -> list[Any]:
        return NO_NUMBERS if self._is_number(name) else NO_IDS

    def path(self, ids: Mapping[str, Any]) -> str:
        """The address; what an address says after its path stands in `query`."""
        chosen = {name: ids[name] for name in self.names}
        path = self.rule.build(chosen, append_unknown=False)[1]  # type: ignore[index]
        return f"{path}?{urlencode(ids['query'])}" if "query" in ids else path

    def _is_number(self, name: str) -> bool:
        return isinstance(self.rule._converters[name], IntegerConverter)


def doors(app: Flask) -> list[Door]:
    """All doors in the order of their addresses."""
    return [
        Door(rule, method, getattr(app.view_functions[rule.endpoint], "action", None))
        for rule in sorted(app.url_map.iter_rules(), key=str)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
