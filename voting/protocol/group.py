"""The two groups of prime order in which ballots are encrypted, behind one set of operations."""

import re
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, Protocol, TypeAlias

from voting.errors import RefusalError
from voting.protocol.ed25519 import ED25519
from voting.protocol.modp import BELENIOS_2048

# Opaque outside its own group: 32 bytes on the curve, an mpz modulo p.
Element: TypeAlias = Any


class Group(Protocol):
    """A group of prime order `q` with generator `g`, written multiplicatively.

    Exponents are reduced modulo q. Operations expect members: `parse` lets no other elements in,
    and `power` refuses those that `parse_base` did not test. `power_secret` and `power_g_secret`
    are for exponents that must stay secret.
    """

    @property
    def name(self) -> str: ...
    @property
    def q(self) -> int: ...
    @property
    def g(self) -> Element: ...
    @property
    def identity(self) -> Element: ...
    @property
    def pattern(self) -> re.Pattern[str]:
        """Match every text that may stand for an element, member or not."""

    def __hash__(self) -> int: ...
    def parse(self, text: str) -> Element:
        """Return the member that `text` stands for.

        Raises RefusalError `json.canonical` for another form of text, `group.element` for anything
        that is no member of the group.
        """

    def parse_base(self, text: str) -> Element:
        """Return the element that `text` stands for; it is no known member before a power of it.

        As `parse`, but `group.element` may be left to the operations on it: `power` raises it for
        whatever is no member, with any exponent, the others may.
        """

    def text(self, element: Element) -> str: ...
    def mul(self, a: Element, b: Element) -> Element: ...
    def invert(self, a: Element) -> Element: ...
    def power(self, base: Element, n: int) -> Element: ...
    def power_g(self, n: int) -> Element: ...
    def powers(self, base: Element) -> Callable[[int], Element]:
        """Return the function n -> base^n (0 <= n < q) for a base that many proofs share.

        It may look its steps up in a table, so exponents must be public.
        """

    def power_secret(self, base: Element, n: int) -> Element: ...
    def power_g_secret(self, n: int) -> Element: ...


_GROUPS: dict[str, Group] = {"Ed25519": ED25519, "BELENIOS-2048": BELENIOS_2048}
NAMES = tuple(_GROUPS)


def by_name(name: str) -> Group:
    """Return the group of that name. Raises RefusalError `unsupported` for any other."""
    try:
        return _GROUPS[name]
    except KeyError:
        raise RefusalError("unsupported", group=name) from None


def parse_key(group: Group, text: str) -> Element:
    """Return the member for a key or credential: as `parse`, and the identity is refused too."""
    element = group.parse(text)
    if element == group.identity:
        raise RefusalError("group.element")
    return element


def product(group: Group, elements: Iterable[Element]) -> Element:
    """Return the product of all elements, the identity if there are none."""
    factors = list(elements)
    return reduce(group.mul, factors) if factors else group.identity
