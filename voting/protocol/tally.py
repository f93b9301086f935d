"""The encrypted tally, its partial decryptions and the result (PROTOCOL 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

from voting.errors import RefusalError
from voting.protocol import canon, proof
from voting.protocol.answer import Ciphertext, ciphertext_shape
from voting.protocol.ballot import parse_ballot
from voting.protocol.election import Election
from voting.protocol.group import Element, Group, product
from voting.protocol.proof import Proof, RandScalar, Statement
from voting.protocol.trustee import Owner, Trustees

# For each question one row, for each choice one member of the row.
Points: TypeAlias = tuple[tuple[Statement, ...], ...]
Factors: TypeAlias = tuple[tuple[Element, ...], ...]
Counts: TypeAlias = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Tally:
    """An encrypted tally: its document, the number of ballots in it, and its ciphertexts."""

    document: bytes
    counted: int
    points: Points

    @property
    def hash(self) -> str:
        """The hash of the document, which trustees compare before they decrypt."""
        return canon.hexadecimal(self.document)


class Sum:
    """Add up ballots as they come."""

    def __init__(self, election: Election) -> None:
        self._group = election.group
        one = (election.group.identity, election.group.identity)
        self._points = [[one] * question.choices for question in election.questions]

    def add(self, points: Points) -> None:
        """Multiply the ciphertexts of a ballot in."""
        mul = self._group.mul
        for row, added in zip(self._points, points, strict=True):
            for at, (alpha, beta) in enumerate(added):
                row[at] = mul(row[at][0], alpha), mul(row[at][1], beta)

    def take(self, points: Points) -> None:
        """Take the ciphertexts of a ballot out again, which its voter has replaced."""
        invert = self._group.invert
        self.add(tuple(tuple((invert(a), invert(b)) for a, b in row) for row in points))

    def tally(self, counted: int) -> Tally:
        """Return the encrypted tally of what was added."""
        points = tuple(tuple(row) for row in self._points)
        text = self._group.text
        rows = [[{"alpha": text(a), "beta": text(b)} for a, b in row] for row in points]
        return Tally(canon.write(rows), counted, points)


def encrypted_tally(election: Election, ballots: Iterable[bytes]) -> Tally:
    """Return the product of the last ballots of all credentials, in board order.

    The ballots were verified when they were cast. Raises RefusalError as `parse_ballot`.
    """
    total = Sum(election)
    last: dict[str, bytes] = {}
    for document in ballots:
        ballot = parse_ballot(election, document)
        replaced = last.get(ballot.credential)
        if replaced is not None:
            total.take(parse_ballot(election, replaced).points)
        total.add(ballot.points)
        last[ballot.credential] = document
    return total.tally(len(last))


def parse_tally(election: Election, document: bytes, counted: int) -> Tally:
    """Read an encrypted tally.

    Raises RefusalError `json.canonical`, `group.element`, or `tally.mismatch` where its rows do
    not fit the questions.
    """
    group = election.group
    rows = canon.read(document, canon.array(canon.array(ciphertext_shape(group))))
    if [len(row) for row in rows] != [question.choices for question in election.questions]:
        raise RefusalError("tally.mismatch")
    points = tuple(tuple(_parse_ciphertext(group, each) for each in row) for row in rows)
    return Tally(document, counted, points)


class _Partial(NamedTuple):
    factors: tuple[tuple[str, ...], ...]
    proofs: tuple[tuple[Proof, ...], ...]


@cache
def _partial_shape(group: Group) -> canon.Shape[_Partial]:
    return canon.record(
        _Partial,
        {
            "decryption_factors": canon.array(canon.array(canon.matching(group.pattern))),
            "decryption_proofs": canon.array(canon.array(proof.shape(group.q))),
        },
    )


def partial_decryption(election: Election, tally: Tally, exponent: int, rand: RandScalar) -> bytes:
    """Decrypt a tally with the secret exponent of one owner; return the document."""
    group = election.group
    public_key = group.text(group.power_g_secret(exponent))
    prefix = _decrypt_prefix(election, public_key)
    factors: list[list[str]] = []
    proofs: list[list[dict[str, str]]] = []
    for row in tally.points:
        factors.append([group.text(group.power_secret(alpha, exponent)) for alpha, _ in row])
        made = (proof.prove_equality(group, exponent, alpha, prefix, rand) for alpha, _ in row)
        proofs.append([each.document() for each in made])
    return canon.write({"decryption_factors": factors, "decryption_proofs": proofs})


def parse_partial(election: Election, tally: Tally, document: bytes) -> Factors:
    """Read the factors of a partial decryption without looking at its proofs.

    Raises RefusalError `json.canonical`, `decryption.shape` or `group.element`.
    """
    return _factors(election, _read_partial(election, tally, document))


def verify_partial(election: Election, tally: Tally, owner: Owner, document: bytes) -> Factors:
    """Check a partial decryption with its version 1 proofs; return its factors.

    These proofs do not bind ciphertext and factor: see `voting.protocol.strong`. Raises
    RefusalError `json.canonical`, `decryption.shape`, `group.element` or `decryption.proof`.
    """
    partial = _read_partial(election, tally, document)
    factors = _factors(election, partial)
    prefix = _decrypt_prefix(election, owner.public_key)
    for points, row, proofs in zip(tally.points, factors, partial.proofs, strict=True):
        for (alpha, _), factor, each in zip(points, row, proofs, strict=True):
            if not proof.is_equality(election.group, owner.key, alpha, factor, prefix, each):
                raise RefusalError("decryption.proof", owner=owner.number)
    return factors


def decrypt(trustees: Trustees, tally: Tally, partials: Mapping[int, Factors]) -> Counts | None:
    """Return the counts of each question, a blank first; None while owners lack.

    `partials` holds the factors by owner number. Raises RefusalError `result.not_computable`.
    """
    exponents = trustees.coefficients(partials.keys())
    if exponents is None:
        return None
    search = _Search(trustees.group, tally.counted)
    return tuple(
        tuple(
            search.exponent(_decrypted(trustees.group, exponents, partials, beta, i, j))
            for j, (_, beta) in enumerate(row)
        )
        for i, row in enumerate(tally.points)
    )


def write_result(counts: Sequence[Sequence[int]]) -> bytes:
    """Return the result document."""
    return canon.write({"result": [list(row) for row in counts]})


def result(trustees: Trustees, tally: Tally, partials: Mapping[int, Factors]) -> bytes:
    """Return the result document of a tally.

    Raises RefusalError `decryption.missing` while owners lack, `result.not_computable`.
    """
    counts = decrypt(trustees, tally, partials)
    if counts is None:
        raise RefusalError("decryption.missing")
    return write_result(counts)


class _Search:
    """Find small exponents of g, growing the table of powers as far as needed."""

    def __init__(self, group: Group, limit: int) -> None:
        self._group = group
        self._limit = limit
        self._last = group.identity
        self._known = {group.text(group.identity): 0}

    def exponent(self, element: Element) -> int:
        """Return m with g^m = element. Raises RefusalError `result.not_computable`."""
        text = self._group.text(element)
        while text not in self._known and len(self._known) <= self._limit:
            self._last = self._group.mul(self._last, self._group.g)
            self._known[self._group.text(self._last)] = len(self._known)
        if text not in self._known:
            raise RefusalError("result.not_computable")
        return self._known[text]


def _decrypted(
    group: Group,
    exponents: Mapping[int, int],
    partials: Mapping[int, Factors],
    beta: Element,
    i: int,
    j: int,
) -> Element:
    factor = product(
        group, (group.power(partials[number][i][j], n) for number, n in exponents.items())
    )
    return group.mul(beta, group.invert(factor))


def _decrypt_prefix(election: Election, public_key: str) -> str:
    return f"decrypt|{election.phi}|{public_key}|"


def _parse_ciphertext(group: Group, ciphertext: Ciphertext) -> Statement:
    return group.parse(ciphertext.alpha), group.parse(ciphertext.beta)


def _read_partial(election: Election, tally: Tally, document: bytes) -> _Partial:
    partial = canon.read(document, _partial_shape(election.group))
    lengths = [len(row) for row in tally.points]
    for rows in partial:
        if [len(row) for row in rows] != lengths:
            raise RefusalError("decryption.shape")
    return partial


def _factors(election: Election, partial: _Partial) -> Factors:
    parse = election.group.parse
    return tuple(tuple(parse(text) for text in row) for row in partial.factors)
