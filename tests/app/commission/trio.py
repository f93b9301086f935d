"""Three phones that make the key of a counting commission, as the page's script does it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.entropy import rand_scalar
from app.models import CountingCommission
from tests.app.builder import Browser
from voting.protocol import canon, ceremony, pedersen, posted, proof
from voting.protocol.ceremony import Setting
from voting.protocol.group import by_name

SETTING = Setting(by_name("Ed25519"))
SEEDS = ("1" * 22, "2" * 22, "3" * 22)


@dataclass
class Trio:
    """Whoever counts from 1 means the positions of the trustees."""

    held: Session
    commission: CountingCommission
    phones: Sequence[Browser]
    seeds: list[str]

    def state(self, at: int) -> Any:
        return self.phones[at - 1].get(f"/commission/keys/{self.commission.id}/state").json

    def send(self, at: int, path: str, document: str) -> int:
        """An act of the first attempt."""
        sent = {"attempt": 1, "document": document}
        address = f"/commission/keys/{self.commission.id}/{path}"
        return self.phones[at - 1].post(address, json=sent).status_code

    def certify(self, at: int) -> int:
        made = ceremony.make_certificate(SETTING, at, self.seeds[at - 1], rand_scalar)
        return self.send(at, "certificate", _written(made.document()))

    def compare_parts(self, at: int) -> int:
        return self.send(at, "compared", "parts")

    def exchange(self, at: int) -> int:
        return self.send(at, "parts", polynomial(self.state(at)["certificates"], at, self.seeds))

    def finish(self, at: int) -> int:
        seed = self.seeds[at - 1]
        made = ceremony.make_verification_key(SETTING.group, seed, self.exponent(at), rand_scalar)
        return self.send(at, "verification", _written(made.document()))

    def compare_key(self, at: int) -> int:
        return self.send(at, "compared", "key")

    def rehearse(self, at: int, as_if: int | None = None, document: str = "") -> int:
        """`as_if` shows the part of another trustee."""
        prefix = posted.rehearsal_prefix(self.state(at)["document"].encode())
        exponent = self.exponent(as_if or at)
        shown = proof.prove_knowledge(SETTING.group, exponent, prefix, rand_scalar)
        return self.send(at, "rehearsal", document or _written(shown.document()))

    def exponent(self, at: int) -> int:
        """The own part of the key, which follows from the three seeds."""
        name = ceremony.name_of(_certificates(self.state(at)["certificates"]))
        rows = [ceremony.polynomial(SETTING, name, seed) for seed in self.seeds]
        return sum(ceremony.share(SETTING.group, row, at) for row in rows) % SETTING.group.q


def polynomial(certificates: Sequence[str], at: int, seeds: Sequence[str]) -> str:
    """The second act with envelopes of the right form; only phones can seal what is in them."""
    certs, seed = _certificates(certificates), seeds[at - 1]
    if not certs:
        return "{}"
    coefexps, signature = ceremony.make_coefficients(SETTING, certs, seed, rand_scalar)
    messages = [_envelope(certs, at, receiver, seed) for receiver in (1, 2, 3)]
    return _written(
        {
            "coefexps": coefexps.document(),
            "signature": signature.document(),
            "messages": messages,
        }
    )


def _envelope(
    certs: Sequence[pedersen.SignedMessage], at: int, receiver: int, seed: str
) -> Mapping[str, object]:
    group = SETTING.group
    ephemeral = group.text(group.power_g_secret(rand_scalar(group.q)))
    fields = {
        "ceremony": ceremony.name_of(certs),
        "from": at,
        "to": receiver,
        "ephemeral": ephemeral,
        "data": "5a" * 48,
    }
    message = _written(fields)
    exponent = ceremony.signing_exponent(group, seed)
    signature = pedersen.sign(group, exponent, message, rand_scalar)
    return pedersen.SignedMessage(message, signature).document()


def _certificates(documents: Sequence[str]) -> list[pedersen.SignedMessage]:
    shape = pedersen.signed_shape(SETTING.group)
    return [canon.read(each.encode(), shape) for each in documents]


def _written(value: object) -> str:
    return canon.write(json.loads(json.dumps(value))).decode()
