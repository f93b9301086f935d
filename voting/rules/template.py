"""The city-wide template: what a body of each kind is offered when it writes its first rules."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.rules.form import Value
from voting.rules.parameter import preset

VERSION = 1

_OFFERS: Mapping[str, Mapping[str, Value]] = MappingProxyType(
    {"council": preset("council"), "jury": preset("jury")}
)


def offers(kind: str) -> dict[str, Value]:
    """Return what the template offers to a kind of body; nothing holds until it is confirmed.

    A body that does not vote by ballot is offered nothing (DOMAIN 3, 5.5).
    """
    return dict(_OFFERS.get(kind, {}))
