"""The subgroup of prime order of edwards25519, computed by libsodium.

An element is its 32 bytes of RFC 8032 (little-endian); its text is those bytes reversed, in hex.
"""

import re
from collections.abc import Callable
from functools import partial

from nacl._sodium import ffi, lib
from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_scalarmult_ed25519_base_noclamp,
)

from voting.errors import RefusalError

_Q = 2**252 + 27742317777372353535851937790883648493
_IDENTITY = (1).to_bytes(32, "little")
_ORDER_TWO = (2**255 - 20).to_bytes(32, "little")
_ELEMENT = ffi.typeof("unsigned char[32]")


class Ed25519:
    """Group `Ed25519`, see `voting.protocol.group.Group`."""

    name = "Ed25519"
    q = _Q
    g = crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(32, "little"))
    identity = _IDENTITY
    pattern = re.compile(r"[0-9a-f]{64}", re.ASCII)

    def parse(self, text: str) -> bytes:
        element = self.parse_base(text)
        _require_member(element)
        return element

    def parse_base(self, text: str) -> bytes:
        if not self.pattern.fullmatch(text):
            raise RefusalError("json.canonical")
        return bytes.fromhex(text)[::-1]

    def text(self, element: bytes) -> str:
        return element[::-1].hex()

    def mul(self, a: bytes, b: bytes) -> bytes:
        # A ballot takes hundreds of these three: `nacl.bindings` around them costs a thirtieth.
        element = ffi.new(_ELEMENT)
        _require(lib.crypto_core_ed25519_add(element, a, b))
        return bytes(ffi.buffer(element))

    def invert(self, a: bytes) -> bytes:
        if a == _IDENTITY:
            return a
        return a[:31] + bytes([a[31] ^ 0x80])

    def power(self, base: bytes, n: int) -> bytes:
        n %= _Q
        # libsodium refuses a base that is no member, and a result that is the identity: within the
        # subgroup only these two make one.
        if n == 0 or base == _IDENTITY:
            _require_member(base)
            return _IDENTITY
        element = ffi.new(_ELEMENT)
        _require(lib.crypto_scalarmult_ed25519_noclamp(element, n.to_bytes(32, "little"), base))
        return bytes(ffi.buffer(element))

    def power_g(self, n: int) -> bytes:
        n %= _Q
        if n == 0:
            return _IDENTITY
        element = ffi.new(_ELEMENT)
        _require(lib.crypto_scalarmult_ed25519_base_noclamp(element, n.to_bytes(32, "little")))
        return bytes(ffi.buffer(element))

    def powers(self, base: bytes) -> Callable[[int], bytes]:
        # A table of multiples in numbers of Python is no faster than libsodium without one.
        return partial(self.power, base)

    power_secret = power
    power_g_secret = power_g


def _require(status: int) -> None:
    if status:
        raise RefusalError("group.element")


def _require_member(element: bytes) -> None:
    if element != _IDENTITY and not crypto_core_ed25519_is_valid_point(element):
        raise RefusalError("group.element")


def _require_strict_library() -> None:
    """Stop where libsodium takes points outside the subgroup for members, as old builds do."""
    five = (5).to_bytes(32, "little")
    mixed = crypto_core_ed25519_add(crypto_scalarmult_ed25519_base_noclamp(five), _ORDER_TWO)
    status = lib.crypto_scalarmult_ed25519_noclamp(ffi.new(_ELEMENT), five, mixed)
    if status == 0 or crypto_core_ed25519_is_valid_point(mixed):
        raise ImportError("libsodium accepts points of mixed order; take PyNaCl 1.6.2 or later")


_require_strict_library()

ED25519 = Ed25519()
