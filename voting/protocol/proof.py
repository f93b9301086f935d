"""Zero-knowledge proofs: knowing an exponent, equal exponents, one statement out of several.

Every proof is a challenge and a response; its verifier recomputes the commitments and hashes them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from voting.protocol import canon
from voting.protocol.group import Element, Group

# Uniform in 0..q-1, from the cryptographic generator of whoever calls.
RandScalar: TypeAlias = Callable[[int], int]
# The pair (a, b) of the statement that one r makes both g^r and y^r of it.
Statement: TypeAlias = tuple[Element, Element]


class Proof(NamedTuple):
    """A proof as it stands in documents, both numbers below q."""

    challenge: int
    response: int

    def document(self) -> dict[str, str]:
        """Return the JSON object of this proof."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


@cache
def shape(q: int) -> canon.Shape[Proof]:
    """Return the shape of a proof in a group of order q."""
    scalar = canon.scalar(q)
    return canon.record(Proof, {"challenge": scalar, "response": scalar})


def hash_scalar(group: Group, prefix: str, elements: Iterable[Element]) -> int:
    """Hash a prefix and the texts of elements to an exponent (PROTOCOL 2)."""
    message = prefix + ",".join([group.text(element) for element in elements])
    return int.from_bytes(sha256(message.encode()).digest(), "big") % group.q


def prove_knowledge(group: Group, exponent: int, prefix: str, rand: RandScalar) -> Proof:
    """Prove knowledge of the exponent of g^exponent."""
    w = rand(group.q)
    challenge = hash_scalar(group, prefix, [group.power_g_secret(w)])
    return Proof(challenge, (w - exponent * challenge) % group.q)


def is_knowledge(group: Group, public: Element, prefix: str, proof: Proof) -> bool:
    """Tell whether the proof shows knowledge of the exponent of `public`."""
    commitment = group.mul(group.power_g(proof.response), group.power(public, proof.challenge))
    return proof.challenge == hash_scalar(group, prefix, [commitment])


def prove_equality(
    group: Group, exponent: int, base: Element, prefix: str, rand: RandScalar
) -> Proof:
    """Prove that g^exponent and base^exponent have the same exponent."""
    w = rand(group.q)
    commitments = [group.power_g_secret(w), group.power_secret(base, w)]
    challenge = hash_scalar(group, prefix, commitments)
    return Proof(challenge, (w - exponent * challenge) % group.q)


def is_equality(
    group: Group, public: Element, base: Element, factor: Element, prefix: str, proof: Proof
) -> bool:
    """Tell whether the proof shows that public = g^x and factor = base^x for one x."""
    challenge, response = proof
    commitments = [
        group.mul(group.power_g(response), group.power(public, challenge)),
        group.mul(group.power(base, response), group.power(factor, challenge)),
    ]
    return challenge == hash_scalar(group, prefix, commitments)


def prove_one_of(
    group: Group,
    y: Element,
    prefix: str,
    statements: Sequence[Statement],
    true_index: int,
    witness: int,
    rand: RandScalar,
) -> list[Proof]:
    """Prove that the statement at `true_index` holds, without telling which one it is.

    `witness` is its exponent r; the other statements get simulated proofs.
    """
    q = group.q
    proofs = [Proof(rand(q), rand(q)) for _ in statements]
    w = rand(q)
    commitments: list[Element] = []
    for index, statement in enumerate(statements):
        if index == true_index:
            commitments += [group.power_g_secret(w), group.power_secret(y, w)]
        else:
            commitments += _simulate(group, y, statement, proofs[index])
    others = sum(p.challenge for i, p in enumerate(proofs) if i != true_index)
    challenge = (hash_scalar(group, prefix, commitments) - others) % q
    proofs[true_index] = Proof(challenge, (w - witness * challenge) % q)
    return proofs


def is_one_of(
    group: Group,
    y: Element,
    prefix: str,
    statements: Sequence[Statement],
    proofs: Sequence[Proof],
) -> bool:
    """Tell whether the proofs show that at least one of the statements holds."""
    mul, power, power_g, power_y = group.mul, group.power, group.power_g, group.powers(y)
    commitments: list[Element] = []
    for (a, b), (challenge, response) in zip(statements, proofs, strict=True):
        commitments.append(mul(power_g(response), power(a, challenge)))
        commitments.append(mul(power_y(response), power(b, challenge)))
    total = sum(proof.challenge for proof in proofs) % group.q
    return total == hash_scalar(group, prefix, commitments)


def _simulate(
    group: Group, y: Element, statement: Statement, proof: Proof
) -> tuple[Element, Element]:
    a, b = statement
    challenge, response = proof
    return (
        group.mul(group.power_g_secret(response), group.power_secret(a, challenge)),
        group.mul(group.power_secret(y, response), group.power_secret(b, challenge)),
    )
