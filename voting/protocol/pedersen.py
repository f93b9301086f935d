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

    def document(self) -> dict[str, object]:
        """Return the JSON object of this key."""
        return {
            "pok": self.pok.document(),
            "public_key": self.public_key,
            "signature": self.signature.document(),
        }


class Pedersen(NamedTuple):
    """The content of a Pedersen entry of the trustees document, all arrays by index."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[VerificationKey, ...]


class Context(NamedTuple):
    """Where a certificate belongs: group, number of trustees, how many suffice, whose it is."""

    group: str
    size: int
    threshold: int
    position: int


class Certificate(NamedTuple):
    """What a trustee certifies: the keys to check signatures with and to seal shares for."""

    context: Context
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


def signed_shape(group: Group) -> canon.Shape[SignedMessage]:
    """Return the shape of a signed message."""
    signature = proof.shape(group.q)
    return canon.record(SignedMessage, {"message": canon.text, "signature": signature})


def key_shape(group: Group) -> canon.Shape[VerificationKey]:
    """Return the shape of a verification key."""
    signature = proof.shape(group.q)
    fields = {"pok": signature, "public_key": canon.text, "signature": signature}
    return canon.record(VerificationKey, fields)


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
    contexts = [Context(group.name, size, content.threshold, index) for index in range(1, size + 1)]
    pairs = zip(content.certs, contexts, strict=True)
    keys = [check_certificate(group, cert, context) for cert, context in pairs]
    steps = zip(contexts, content.coefexps, content.signatures, strict=True)
    rows = [check_coefficients(group, content.certs, *step) for step in steps]
    for index, (each, key) in enumerate(zip(content.verification_keys, keys, strict=True), 1):
        check_verification_key(group, each, index, key, rows)
    return product(group, (row[0] for row in rows))


def certs_message(certs: Sequence[SignedMessage], coefexps: Sequence[str]) -> str:
    """Return the text that a trustee signs over all certificates and the own coefficients."""
    signed = {"certs": [cert.document() for cert in certs], "coefexps": list(coefexps)}
    return "certs_sig|" + canon.write(signed).decode()


def check_certificate(group: Group, cert: SignedMessage, context: Context) -> Element:
    """Check the certificate of one trustee; return the key under which it signs.

    Raises RefusalError as `check`.
    """
    parsed = read_certificate(cert, context.position)
    _require(parsed.context == context, "context", context.position)
    key = parse_key(group, parsed.verification)
    parse_key(group, parsed.encryption)
    _require(is_signed(group, key, cert.message, cert.signature), "certs", context.position)
    return key


def read_certificate(cert: SignedMessage, index: int) -> Certificate:
    """Return what the certificate of a trustee says.

    Raises RefusalError `trustees.pedersen` for the old form without context, `json.canonical`.
    """
    message = cert.message.encode()
    fields = canon.peek(message)
    _require(not isinstance(fields, dict) or "context" in fields, "context", index)
    return canon.read(message, _CERTIFICATE)


def check_coefficients(
    group: Group,
    certs: Sequence[SignedMessage],
    context: Context,
    coefexps: SignedMessage,
    signature: Proof,
) -> list[Element]:
    """Check the published coefficients of one trustee; return them as elements.

    The certificates are checked ones. Raises RefusalError as `check`.
    """
    index = context.position
    key = group.parse(read_certificate(certs[index - 1], index).verification)
    texts = canon.read(coefexps.message.encode(), _COEFEXPS)
    _require(len(texts) == context.threshold, "coefexps", index)
    coefficients = [group.parse(text) for text in texts]
    _require(is_signed(group, key, coefexps.message, coefexps.signature), "coefexps", index)
    message = certs_message(certs, texts)
    _require(is_signed(group, key, message, signature), "signatures", index)
    return coefficients


def check_verification_key(
    group: Group, each: VerificationKey, index: int, key: Element, rows: list[list[Element]]
) -> None:
    """Check that a trustee's verification key fits all coefficients and is signed.

    Its proof of possession is not checked here. Raises RefusalError as `check`.
    """
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
    signed = signed_shape(group)
    return canon.record(
        Pedersen,
        {
            "threshold": canon.natural,
            "certs": canon.array(signed),
            "coefexps": canon.array(signed),
            "signatures": canon.array(proof.shape(group.q)),
            "verification_keys": canon.array(key_shape(group)),
        },
    )


_CERTIFICATE = canon.record(
    Certificate,
    {
        "context": canon.record(
            Context,
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
