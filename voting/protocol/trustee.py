"""The trustees document: who holds the keys, and that they really hold them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from voting.errors import RefusalError
from voting.protocol import canon, pedersen, proof
from voting.protocol.group import Element, Group, parse_key, product
from voting.protocol.proof import Proof, RandScalar


@dataclass(frozen=True)
class Owner:
    """One holder of a key: number on the board, index in the entry, verification key."""

    number: int
    index: int
    public_key: str
    key: Element


@dataclass(frozen=True)
class Entry:
    """Owners who share one part of the election key; `threshold` of them are needed."""

    threshold: int
    owners: tuple[Owner, ...]
    key: Element

    def coefficients(self, present: Collection[int], q: int) -> dict[int, int] | None:
        """Return the Lagrange exponents of the owners to be used, by number.

        These are the ones with the lowest indices among `present`; None if they are too few.
        """
        used = [owner for owner in self.owners if owner.number in present][: self.threshold]
        if len(used) < self.threshold:
            return None
        indices = [owner.index for owner in used]
        return {owner.number: pedersen.lagrange(owner.index, indices, q) for owner in used}


@dataclass(frozen=True)
class Trustees:
    """A checked trustees document."""

    group: Group
    entries: tuple[Entry, ...]
    document_hash: str

    @cached_property
    def owners(self) -> Mapping[int, Owner]:
        """All owners by number, 1 upwards."""
        return {owner.number: owner for entry in self.entries for owner in entry.owners}

    @cached_property
    def public_key(self) -> str:
        """The text of the election key that these trustees make."""
        return self.group.text(product(self.group, (entry.key for entry in self.entries)))

    def coefficients(self, present: Collection[int]) -> dict[int, int] | None:
        """Return the exponents of the factors of all owners to be used; None if some lack."""
        exponents: dict[int, int] = {}
        for entry in self.entries:
            part = entry.coefficients(present, self.group.q)
            if part is None:
                return None
            exponents |= part
        return exponents


class _Single(NamedTuple):
    pok: Proof
    public_key: str


def make_single(group: Group, exponent: int, rand: RandScalar) -> bytes:
    """Return the trustees document of one key holder alone."""
    public_key = group.text(group.power_g_secret(exponent))
    pok = proof.prove_knowledge(group, exponent, pok_prefix(group, public_key), rand)
    entry = {"pok": pok.document(), "public_key": public_key}
    return canon.write([["Single", entry]])


def join(group: Group, documents: Sequence[bytes]) -> bytes:
    """Return one trustees document with the entries of all these, in order.

    Raises RefusalError as `parse_trustees`.
    """
    entries: list[object] = []
    for document in documents:
        parse_trustees(group, document)
        entries += canon.read(document, canon.array(_anything))
    return canon.write(entries)


def public_key(group: Group, document: bytes) -> str:
    """Return the election key of a trustees document. Raises RefusalError as `parse_trustees`."""
    return parse_trustees(group, document).public_key


def parse_trustees(group: Group, document: bytes) -> Trustees:
    """Check a trustees document with all its proofs.

    Raises RefusalError `json.canonical`, `group.element`, `unsupported` (kind of trustee),
    `trustees.pok` or `trustees.pedersen`; `trustees.key` if there are no trustees.
    """
    entries: list[Entry] = []
    number = 1
    for kind, value in canon.read(document, canon.array(lambda entry: _entry(group, entry))):
        entry = (
            _check_single(group, value, number)
            if kind == "Single"
            else _check_pedersen(group, value, number)
        )
        entries.append(entry)
        number += len(entry.owners)
    if not entries:
        raise RefusalError("trustees.key")
    return Trustees(group, tuple(entries), canon.hexadecimal(document))


def pok_prefix(group: Group, public_key: str) -> str:
    """Return the hash prefix of a proof of possession."""
    return f"pok|{group.name}|{public_key}|"


def _anything(value: Any) -> Any:
    return value


def _entry(group: Group, value: Any) -> tuple[str, Any]:
    kind, content = canon.pair(value)
    if kind == "Single":
        fields = {"pok": proof.shape(group.q), "public_key": canon.text}
        return kind, canon.record(_Single, fields)(content)
    if kind == "Pedersen":
        return kind, pedersen.shape(group)(content)
    raise RefusalError("unsupported", trustee=kind)


def _check_single(group: Group, single: _Single, number: int) -> Entry:
    owner = _check_owner(group, number, 1, single.public_key, single.pok)
    return Entry(1, (owner,), owner.key)


def _check_pedersen(group: Group, content: pedersen.Pedersen, number: int) -> Entry:
    checked = pedersen.check(group, content)
    owners = tuple(
        _check_owner(group, number + at, at + 1, each.public_key, each.pok)
        for at, each in enumerate(content.verification_keys)
    )
    return Entry(content.threshold, owners, checked)


def _check_owner(group: Group, number: int, index: int, public_key: str, pok: Proof) -> Owner:
    key = parse_key(group, public_key)
    if not proof.is_knowledge(group, key, pok_prefix(group, public_key), pok):
        raise RefusalError("trustees.pok", owner=number)
    return Owner(number, index, public_key, key)
