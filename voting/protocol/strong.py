"""The strong decryption proof: our own document beside the archive (PROTOCOL 9).

Unlike the version 1 proof it binds ciphertext and factor; without it no partial decryption counts.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from voting.errors import RefusalError
from voting.protocol import canon, proof
from voting.protocol.election import Election
from voting.protocol.group import Element, Group
from voting.protocol.proof import Proof, RandScalar
from voting.protocol.tally import Factors, Tally, parse_partial
from voting.protocol.trustee import Owner

Proofs: TypeAlias = tuple[tuple[Proof, ...], ...]

_VERSION = 1
_KIND = "strong-decryption"


class Share(NamedTuple):
    """What one owner hands in: the partial decryption on the board and the strong proofs of it."""

    owner: int
    public_key: str
    partial_decryption: str
    proofs: Proofs

    def document(self) -> dict[str, object]:
        """Return the JSON object of this share."""
        rows = [[each.document() for each in row] for row in self.proofs]
        return {**self._asdict(), "proofs": rows}


class _Document(NamedTuple):
    version: int
    kind: str
    election_uuid: str
    election_hash: str
    group: str
    encrypted_tally: str
    trustees: tuple[Share, ...]


@cache
def _share_shape(group: Group) -> canon.Shape[Share]:
    return canon.record(
        Share,
        {
            "owner": canon.natural,
            "public_key": canon.text,
            "partial_decryption": canon.digest,
            "proofs": canon.array(canon.array(proof.shape(group.q))),
        },
    )


@cache
def _shape(group: Group) -> canon.Shape[_Document]:
    return canon.record(
        _Document,
        {
            "version": canon.natural,
            "kind": canon.text,
            "election_uuid": canon.text,
            "election_hash": canon.text,
            "group": canon.text,
            "encrypted_tally": canon.digest,
            "trustees": canon.array(_share_shape(group)),
        },
    )


def make_share(
    election: Election, tally: Tally, owner: int, partial: bytes, exponent: int, rand: RandScalar
) -> Share:
    """Prove every factor of a partial decryption with the owner's secret exponent.

    Raises RefusalError as `parse_partial`.
    """
    group = election.group
    public_key = group.text(group.power_g_secret(exponent))
    proofs = tuple(
        tuple(
            proof.prove_equality(
                group, exponent, alpha, _prefix(election, public_key, alpha, factor), rand
            )
            for (alpha, _), factor in zip(points, factors, strict=True)
        )
        for points, factors in zip(
            tally.points, parse_partial(election, tally, partial), strict=True
        )
    )
    return Share(owner, public_key, canon.hexadecimal(partial), proofs)


def parse_share(election: Election, document: bytes) -> Share:
    """Read the canonical text of one owner's share. Raises RefusalError `json.canonical`."""
    return canon.read(document, _share_shape(election.group))


def shares_of(election: Election, document: bytes) -> tuple[Share, ...]:
    """Return the shares of a strong document. Raises RefusalError `strong.form`."""
    return _read(election, document).trustees


def make_strong(election: Election, tally: Tally, shares: Iterable[Share]) -> bytes:
    """Write the strong document of all shares on the board."""
    ordered = sorted(shares, key=lambda share: share.owner)
    document = _Document(
        version=_VERSION,
        kind=_KIND,
        election_uuid=election.uuid,
        election_hash=election.phi,
        group=election.group.name,
        encrypted_tally=tally.hash,
        trustees=(),
    )
    return canon.write({**document._asdict(), "trustees": [each.document() for each in ordered]})


def verify_share(
    election: Election,
    tally: Tally,
    owner: Owner,
    partial_hash: str,
    factors: Factors,
    share: Share,
) -> None:
    """Check the strong proofs of one owner.

    Raises RefusalError `strong.binding`, `strong.form` or `strong.proof`.
    """
    if (share.public_key, share.partial_decryption) != (owner.public_key, partial_hash):
        raise RefusalError("strong.binding", owner=owner.number)
    if [len(row) for row in share.proofs] != [len(row) for row in factors]:
        raise RefusalError("strong.form", owner=owner.number)
    for points, row, proofs in zip(tally.points, factors, share.proofs, strict=True):
        for (alpha, _), factor, each in zip(points, row, proofs, strict=True):
            prefix = _prefix(election, owner.public_key, alpha, factor)
            if not proof.is_equality(election.group, owner.key, alpha, factor, prefix, each):
                raise RefusalError("strong.proof", owner=owner.number)


class Partial(NamedTuple):
    """A checked partial decryption on the board."""

    owner: Owner
    document_hash: str
    factors: Factors


def verify_strong(
    election: Election, tally: Tally | None, partials: Mapping[int, Partial], document: bytes
) -> None:
    """Check the strong document of an archive with these partial decryptions, by owner number.

    Raises RefusalError `strong.form`, `strong.binding`, `strong.missing` (other owners than on the
    board) or `strong.proof`.
    """
    parsed = _read(election, document)
    expected = (election.uuid, election.phi, election.group.name)
    if (parsed.election_uuid, parsed.election_hash, parsed.group) != expected:
        raise RefusalError("strong.binding")
    if tally is None or parsed.encrypted_tally != tally.hash:
        raise RefusalError("strong.binding")
    if {share.owner for share in parsed.trustees} != set(partials):
        raise RefusalError("strong.missing")
    for share in parsed.trustees:
        owner, document_hash, factors = partials[share.owner]
        verify_share(election, tally, owner, document_hash, factors, share)


def _read(election: Election, document: bytes) -> _Document:
    try:
        parsed = canon.read(document, _shape(election.group))
    except RefusalError:
        raise RefusalError("strong.form") from None
    owners = [share.owner for share in parsed.trustees]
    ascending = all(a < b for a, b in pairwise(owners))
    if (parsed.version, parsed.kind) != (_VERSION, _KIND) or not ascending:
        raise RefusalError("strong.form")
    return parsed


def _prefix(election: Election, public_key: str, alpha: Element, factor: Element) -> str:
    text = election.group.text
    return f"strong-decrypt|{election.phi}|{public_key}|{text(alpha)}|{text(factor)}|"
