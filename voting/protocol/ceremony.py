"""The ceremony by which trustees make a threshold key, step by step (PROTOCOL 6).

Each trustee keeps one secret, the seed; all exponents follow from it. `posted.py` checks what is
sent on the way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from voting.errors import InputError
from voting.protocol import canon, pedersen, proof, trustee
from voting.protocol.credential import BASE58, derive
from voting.protocol.group import Group
from voting.protocol.pedersen import Context, SignedMessage, VerificationKey
from voting.protocol.proof import Proof, RandScalar

_SEED = re.compile(f"[{BASE58}]{{22}}", re.ASCII)


@dataclass(frozen=True)
class Setting:
    """The group of a ceremony, how many trustees take part and how many of them suffice."""

    group: Group
    size: int = 3
    threshold: int = 2

    def context(self, index: int) -> Context:
        """Return what the certificate of one trustee must name."""
        return Context(self.group.name, self.size, self.threshold, index)


class Made(NamedTuple):
    """A whole key: the trustees document and the decryption exponent of each owner, 1 upwards."""

    trustees: bytes
    exponents: dict[int, int]


def make_seed(rand: RandScalar) -> str:
    """Return a fresh seed: 22 random Base58 characters, more than 128 bits."""
    return "".join(BASE58[rand(58)] for _ in range(22))


def signing_exponent(group: Group, seed: str) -> int:
    """Return the exponent s of a trustee. Raises InputError `seed` for anything but a seed."""
    return derive(group, f"kv-trustee-sign|{group.name}|{_seed(seed)}")


def encryption_exponent(group: Group, seed: str) -> int:
    """Return the exponent e under which shares are sealed. Raises InputError `seed`."""
    return derive(group, f"kv-trustee-enc|{group.name}|{_seed(seed)}")


def polynomial(setting: Setting, name: str, seed: str) -> list[int]:
    """Return the coefficients a_0.. of a trustee in the ceremony of this name.

    Raises InputError `seed`.
    """
    label = f"kv-trustee-coef|{setting.group.name}|{name}"
    return [derive(setting.group, f"{label}|{k}|{_seed(seed)}") for k in range(setting.threshold)]


def share(group: Group, coefficients: Sequence[int], index: int) -> int:
    """Return the value of a polynomial at the index of a trustee, modulo q."""
    return sum(a * index**k for k, a in enumerate(coefficients)) % group.q


def make_certificate(setting: Setting, index: int, seed: str, rand: RandScalar) -> SignedMessage:
    """Return the first act of a trustee: the certified keys. Raises InputError `seed`."""
    group, s = setting.group, signing_exponent(setting.group, seed)
    e = encryption_exponent(group, seed)
    fields = {
        "context": {
            "group": group.name,
            "size": setting.size,
            "threshold": setting.threshold,
            "index": index,
        },
        "verification": group.text(group.power_g_secret(s)),
        "encryption": group.text(group.power_g_secret(e)),
    }
    return _signed(group, s, canon.write(fields).decode(), rand)


def name_of(certs: Sequence[SignedMessage]) -> str:
    """Return C, the hash of all certificates, which names a ceremony; it is compared aloud."""
    return canon.hexadecimal(canon.write([cert.document() for cert in certs]))


def make_coefficients(
    setting: Setting, certs: Sequence[SignedMessage], seed: str, rand: RandScalar
) -> tuple[SignedMessage, Proof]:
    """Return the second act but for the sealed shares. Raises InputError `seed`."""
    group, s = setting.group, signing_exponent(setting.group, seed)
    coefficients = polynomial(setting, name_of(certs), seed)
    texts = [group.text(group.power_g_secret(a)) for a in coefficients]
    message = canon.write({"coefexps": texts}).decode()
    signature = pedersen.sign(group, s, pedersen.certs_message(certs, texts), rand)
    return _signed(group, s, message, rand), signature


def make_verification_key(
    group: Group, seed: str, exponent: int, rand: RandScalar
) -> VerificationKey:
    """Return the third act: the public half of a decryption exponent. Raises InputError `seed`."""
    public_key = group.text(group.power_g_secret(exponent))
    pok = proof.prove_knowledge(group, exponent, trustee.pok_prefix(group, public_key), rand)
    signature = pedersen.sign(group, signing_exponent(group, seed), public_key, rand)
    return VerificationKey(pok, public_key, signature)


def make_key(setting: Setting, seeds: Sequence[str], rand: RandScalar) -> Made:
    """Go through a whole ceremony in one place, as nobody may who counts real ballots.

    Raises InputError `seed`.
    """
    group = setting.group
    certs = [make_certificate(setting, at, seed, rand) for at, seed in enumerate(seeds, 1)]
    steps = [make_coefficients(setting, certs, seed, rand) for seed in seeds]
    rows = [polynomial(setting, name_of(certs), seed) for seed in seeds]
    exponents = {
        at: sum(share(group, row, at) for row in rows) % group.q
        for at in range(1, setting.size + 1)
    }
    keys = [
        make_verification_key(group, seed, exponents[at], rand) for at, seed in enumerate(seeds, 1)
    ]
    return Made(assemble(setting, certs, steps, keys), exponents)


def assemble(
    setting: Setting,
    certs: Sequence[SignedMessage],
    steps: Sequence[tuple[SignedMessage, Proof]],
    keys: Sequence[VerificationKey],
) -> bytes:
    """Return the trustees document of a finished ceremony, all arrays by index.

    Raises RefusalError as `parse_trustees`.
    """
    content = {
        "threshold": setting.threshold,
        "certs": [cert.document() for cert in certs],
        "coefexps": [coefexps.document() for coefexps, _signature in steps],
        "signatures": [signature.document() for _coefexps, signature in steps],
        "verification_keys": [key.document() for key in keys],
    }
    document = canon.write([["Pedersen", content]])
    trustee.parse_trustees(setting.group, document)
    return document


def _signed(group: Group, exponent: int, message: str, rand: RandScalar) -> SignedMessage:
    return SignedMessage(message, pedersen.sign(group, exponent, message, rand))


def _seed(text: str) -> str:
    if not _SEED.fullmatch(text):
        raise InputError("seed")
    return text
