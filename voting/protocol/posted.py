"""What trustees post in a ceremony, checked as far as anybody can who holds no seed (PROTOCOL 6).

Shares travel sealed from browser to browser: here only their envelopes are checked.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon, pedersen, proof, trustee
from voting.protocol.ceremony import Setting, name_of
from voting.protocol.group import Element, Group, parse_key
from voting.protocol.pedersen import SignedMessage, VerificationKey
from voting.protocol.proof import Proof

# 32 bytes of the share and 16 of the tag, in hexadecimal digits.
_SEALED = canon.matching(re.compile("[0-9a-f]{96}", re.ASCII))


class Envelope(NamedTuple):
    """A sealed share on its way from one trustee to another, or to herself."""

    ceremony: str
    sender: int
    receiver: int
    ephemeral: str
    data: str


class Polynomial(NamedTuple):
    """What a trustee publishes in the second round: coefficients, signature, sealed shares."""

    coefexps: SignedMessage
    signature: Proof
    messages: tuple[SignedMessage, ...]


def read_certificate(setting: Setting, index: int, document: bytes) -> SignedMessage:
    """Check what a trustee sends first.

    Raises RefusalError `json.canonical`, `group.element` or `trustees.pedersen`.
    """
    cert = canon.read(document, pedersen.signed_shape(setting.group))
    pedersen.check_certificate(setting.group, cert, setting.context(index))
    return cert


def read_polynomial(
    setting: Setting, certs: Sequence[SignedMessage], index: int, document: bytes
) -> Polynomial:
    """Check what a trustee sends in the second round, all but what is sealed.

    Raises RefusalError `json.canonical`, `group.element` or `trustees.pedersen`.
    """
    signed = pedersen.signed_shape(setting.group)
    fields = {
        "coefexps": signed,
        "signature": proof.shape(setting.group.q),
        "messages": canon.array(signed),
    }
    sent = canon.read(document, canon.record(Polynomial, fields))
    context = setting.context(index)
    pedersen.check_coefficients(setting.group, certs, context, sent.coefexps, sent.signature)
    if len(sent.messages) != setting.size:
        raise RefusalError("trustees.pedersen", field="messages", index=index)
    for receiver, message in enumerate(sent.messages, 1):
        _check_envelope(setting.group, certs, index, receiver, message)
    return sent


def read_verification_key(
    setting: Setting,
    certs: Sequence[SignedMessage],
    polynomials: Sequence[Polynomial],
    index: int,
    document: bytes,
) -> VerificationKey:
    """Check what a trustee sends in the third round against all that was published.

    Raises RefusalError `json.canonical`, `group.element`, `trustees.pedersen` or `trustees.pok`.
    """
    group = setting.group
    sent = canon.read(document, pedersen.key_shape(group))
    rows = [
        pedersen.check_coefficients(
            group, certs, setting.context(at), each.coefexps, each.signature
        )
        for at, each in enumerate(polynomials, 1)
    ]
    pedersen.check_verification_key(group, sent, index, _verification(group, certs, index), rows)
    key = parse_key(group, sent.public_key)
    if not proof.is_knowledge(group, key, trustee.pok_prefix(group, sent.public_key), sent.pok):
        raise RefusalError("trustees.pok", owner=index)
    return sent


def rehearsal_prefix(document: bytes) -> str:
    """Return the hash prefix of the proof that a part restored from its copy is the right one."""
    return f"kv-rehearsal|{canon.hexadecimal(document)}|"


def verify_rehearsal(setting: Setting, document: bytes, index: int, sent: bytes) -> None:
    """Check the proof of a trustee to have the own part of this trustees document.

    Raises RefusalError `json.canonical` or `trustees.pok`.
    """
    owner = trustee.parse_trustees(setting.group, document).owners[index]
    shown = canon.read(sent, proof.shape(setting.group.q))
    if not proof.is_knowledge(setting.group, owner.key, rehearsal_prefix(document), shown):
        raise RefusalError("trustees.pok", owner=index)


def _check_envelope(
    group: Group, certs: Sequence[SignedMessage], sender: int, receiver: int, sent: SignedMessage
) -> None:
    envelope = canon.read(sent.message.encode(), _ENVELOPE)
    expected = (name_of(certs), sender, receiver)
    parse_key(group, envelope.ephemeral)
    key = _verification(group, certs, sender)
    signed = pedersen.is_signed(group, key, sent.message, sent.signature)
    if envelope[:3] != expected or not signed:
        raise RefusalError("trustees.pedersen", field="messages", index=sender)


def _verification(group: Group, certs: Sequence[SignedMessage], index: int) -> Element:
    return group.parse(pedersen.read_certificate(certs[index - 1], index).verification)


_ENVELOPE = canon.record(
    Envelope,
    {
        "ceremony": canon.digest,
        "from": canon.natural,
        "to": canon.natural,
        "ephemeral": canon.text,
        "data": _SEALED,
    },
)
