"""One version of the rules of procedure, applied to one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voting.errors import LawError
from voting.rules.form import Value
from voting.rules.parameter import CATALOGUE, Matter, Mode, validate


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of the rules as it applies to one question.

    `mode` is that of the round; `matter` picks `majority.funding` or `majority.other`. Raise
    InputError as `validate` does; reading an empty parameter raises LawError `parameter_missing`
    with its `name`.
    """

    parameters: Mapping[str, Value]
    mode: Mode = "meeting"
    matter: Matter = "funding"

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(validate(self.parameters)))

    def _value(self, name: str) -> Value:
        value = self.parameters.get(name, CATALOGUE[name].default)
        if value is None:
            raise LawError("parameter_missing", name=name)
        return value

    def choice(self, name: str) -> str:
        """Return the value of a parameter with named choices."""
        return str(self._value(name))

    def number(self, name: str) -> int:
        """Return the value of an integer parameter."""
        return int(self._value(name))  # type: ignore[arg-type]

    def flag(self, name: str) -> bool:
        """Return the value of a yes/no parameter."""
        return bool(self._value(name))

    def several(self, name: str) -> tuple[str, ...]:
        """Return the values of a parameter that holds a set."""
        return tuple(self._value(name))  # type: ignore[arg-type]

    def quota(self) -> dict[str, int] | None:
        """Return the places of each stratum in a lot; None where the rules name no strata."""
        return self.parameters.get("lot.quota")  # type: ignore[return-value]

    @property
    def is_circular(self) -> bool:
        return self.mode == "circular"

    @property
    def is_secret(self) -> bool:
        return self.choice("ballot.secrecy") == "secret"

    @property
    def majority_rule(self) -> str:
        return self.choice(f"majority.{self.matter}")

    @property
    def tie_at_the_cut(self) -> str:
        """Return what follows when candidates are equal at the last place; a lot unless set."""
        return str(self.parameters.get("tie.rule", "lot"))
