"""Threshold keys: n trustees of whom t suffice, and the traces of their ceremony (PROTOCOL 6)."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon, proof
from voting.protocol.group import Element, Group, parse_key, product
from voting.protocol.proof import Proof


class SignedMessage(NamedTuple):
    """A text and the signature of one trustee under it."""

    message: str
    signature: Proof

    def document(self) -> dict[str, object]:
        """Return the JSON object of this message."""
        return {"message": self.message, "signature": self.signature.document()}


class VerificationKey(NamedTuple):
    """The public half of a trustee's decryption exponent."""

    pok: Proof
    public_key: str
    signature: Proof


class Pedersen(NamedTuple):
    """The content of a Pedersen entry of the trustees document, all arrays by index."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[VerificationKey, ...]


class _Context(NamedTuple):
    group: str
    size: int
    threshold: int
    position: int


class _Certificate(NamedTuple):
    context: _Context
    verification: str
    encryption: str


_OLD_FIELDS = ["threshold", "certs", "coefexps", "verification_keys"]


def shape(group: Group) -> canon.Shape[Pedersen]:
    """Return the shape of a Pedersen entry; the old form is refused as `trustees.pedersen`."""

    def accept(value: Any) -> Pedersen:
        if isinstance(value, dict) and list(value) == _OLD_FIELDS:
            raise RefusalError("trustees.pedersen", field="signatures")
        return _new_shape(group)(value)

    return accept


def sign(group: Group, exponent: int, message: str, rand: proof.RandScalar) -> Proof:
    """Sign a text with a trustee's signing exponent."""
    return proof.prove_knowledge(group, exponent, f"sigmsg|{message}|", rand)


def is_signed(group: Group, key: Element, message: str, signature: Proof) -> bool:
    """Tell whether the signature of this text holds under a key."""
    return proof.is_knowledge(group, key, f"sigmsg|{message}|", signature)


def lagrange(index: int, indices: Collection[int], q: int) -> int:
    """Return the exponent of the factor of one index among those that take part."""
    coefficient = 1
    for other in indices:
        if other != index:
            coefficient = coefficient * other * pow(other - index, -1, q) % q
    return coefficient


def check(group: Group, content: Pedersen) -> Element:
    """Check everything but the proofs of possession; return the part of the election key.

    Raises RefusalError `trustees.pedersen`, `json.canonical` or `group.element`.
    """
    size = len(content.certs)
    lengths = {len(content.coefexps), len(content.signatures), len(content.verification_keys)}
    _require(lengths == {size} and 1 <= content.threshold <= size, "threshold", 0)
    keys = [_check_certificate(group, content, index) for index in range(1, size + 1)]
    coefficients = [_check_coefficients(group, content, at, key) for at, key in enumerate(keys)]
    for at, key in enumerate(keys):
        _check_verification_key(group, content.verification_keys[at], at + 1, key, coefficients)
    return product(group, (row[0] for row in coefficients))


def certs_message(certs: Sequence[SignedMessage], coefexps: Sequence[str]) -> str:
    """Return the text that a trustee signs over all certificates and the own coefficients."""
    signed = {"certs": [cert.document() for cert in certs], "coefexps": list(coefexps)}
    return "certs_sig|" + canon.write(signed).decode()


def _check_certificate(group: Group, content: Pedersen, index: int) -> Element:
    cert = content.certs[index - 1]
    message = cert.message.encode()
    fields = canon.peek(message)
    _require(not isinstance(fields, dict) or "context" in fields, "context", index)
    parsed = canon.read(message, _CERTIFICATE)
    expected = _Context(group.name, len(content.certs), content.threshold, index)
    _require(parsed.context == expected, "context", index)
    key = parse_key(group, parsed.verification)
    parse_key(group, parsed.encryption)
    _require(is_signed(group, key, cert.message, cert.signature), "certs", index)
    return key


def _check_coefficients(group: Group, content: Pedersen, at: int, key: Element) -> list[Element]:
    signed = content.coefexps[at]
    texts = canon.read(signed.message.encode(), _COEFEXPS)
    _require(len(texts) == content.threshold, "coefexps", at + 1)
    coefficients = [group.parse(text) for text in texts]
    _require(is_signed(group, key, signed.message, signed.signature), "coefexps", at + 1)
    message = certs_message(content.certs, texts)
    _require(is_signed(group, key, message, content.signatures[at]), "signatures", at + 1)
    return coefficients


def _check_verification_key(
    group: Group, each: VerificationKey, index: int, key: Element, rows: list[list[Element]]
) -> None:
    public_key = parse_key(group, each.public_key)
    expected = product(group, (evaluate(group, row, index) for row in rows))
    _require(public_key == expected, "verification_keys", index)
    signed = is_signed(group, key, each.public_key, each.signature)
    _require(signed, "verification_keys", index)


def evaluate(group: Group, coefficients: Sequence[Element], index: int) -> Element:
    """Return g^(f(index)) from the elements g^a_k of a polynomial f, by Horner's rule."""
    value = group.identity
    for coefficient in reversed(coefficients):
        value = group.mul(group.power(value, index), coefficient)
    return value


def _only(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts


def _require(holds: bool, field: str, index: int) -> None:
    if not holds:
        raise RefusalError("trustees.pedersen", field=field, index=index)


@cache
def _new_shape(group: Group) -> canon.Shape[Pedersen]:
    signature = proof.shape(group.q)
    signed = canon.record(SignedMessage, {"message": canon.text, "signature": signature})
    key = {"pok": signature, "public_key": canon.text, "signature": signature}
    return canon.record(
        Pedersen,
        {
            "threshold": canon.natural,
            "certs": canon.array(signed),
            "coefexps": canon.array(signed),
            "signatures": canon.array(signature),
            "verification_keys": canon.array(canon.record(VerificationKey, key)),
        },
    )


_CERTIFICATE = canon.record(
    _Certificate,
    {
        "context": canon.record(
            _Context,
            {
                "group": canon.text,
                "size": canon.natural,
                "threshold": canon.natural,
                "index": canon.natural,
            },
        ),
        "verification": canon.text,
        "encryption": canon.text,
    },
)
_COEFEXPS = canon.record(_only, {"coefexps": canon.array(canon.text)})
