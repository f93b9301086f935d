"""The Merkle tree of RFC 6962 over leaf hashes, its proofs and their verification."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256

from voting.errors import InputError

EMPTY_ROOT = sha256(b"").digest()


def hash_leaf(leaf: bytes) -> bytes:
    """Return SHA-256(0x00 || leaf)."""
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """Hold a tree of `size` leaves by the roots of its full subtrees, largest first.

    There are as many `peaks` as one bits in `size`. Raise InputError `frontier_malformed`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise InputError("frontier_malformed", size=self.size)

    def append(self, leaf_hash: bytes) -> "Frontier":
        """Return the frontier with one more leaf."""
        peaks, size = list(self.peaks), self.size
        joined = leaf_hash
        while size & 1:
            joined = hash_node(peaks.pop(), joined)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, joined))

    def root(self) -> bytes:
        """Return the root, 32 bytes."""
        if not self.peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: hash_node(left, right), reversed(self.peaks))


def frontier(leaf_hashes: Sequence[bytes]) -> Frontier:
    """Return the frontier of a list of leaf hashes."""
    return reduce(Frontier.append, leaf_hashes, Frontier())


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root of a list of leaf hashes."""
    return frontier(leaf_hashes).root()


def prove_inclusion(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of the leaf at `index`, lowest first (RFC 6962, 2.1.1).

    Raise InputError `index_outside`.
    """
    if not 0 <= index < len(leaf_hashes):
        raise InputError("index_outside", index=index, size=len(leaf_hashes))
    path = []
    while len(leaf_hashes) > 1:
        split = _split(len(leaf_hashes))
        left, right = leaf_hashes[:split], leaf_hashes[split:]
        if index < split:
            path.append(root(right))
            leaf_hashes = left
        else:
            path.append(root(left))
            leaf_hashes, index = right, index - split
    return path[::-1]


def prove_consistency(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are a prefix (RFC 6962, 2.1.2).

    It is empty for an empty or equal old tree. Raise InputError `size_outside`.
    """
    if not 0 <= old_size <= len(leaf_hashes):
        raise InputError("size_outside", size=old_size)
    path: list[bytes] = []
    is_old_root = True
    while 0 < old_size < len(leaf_hashes):
        split = _split(len(leaf_hashes))
        left, right = leaf_hashes[:split], leaf_hashes[split:]
        if old_size <= split:
            path.append(root(right))
            leaf_hashes = left
        else:
            path.append(root(left))
            leaf_hashes, old_size, is_old_root = right, old_size - split, False
    if not is_old_root:
        path.append(root(leaf_hashes))
    return path[::-1]


def is_included(
    leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], tree_root: bytes
) -> bool:
    """Tell whether the audit path proves the leaf at `index` in a tree of `size`."""
    if not 0 <= index < size or not _are_hashes([leaf_hash, *path, tree_root]):
        return False
    joined, place, last = leaf_hash, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            joined = hash_node(sibling, joined)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            joined = hash_node(joined, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and joined == tree_root


def is_consistent(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Tell whether the proof shows the old tree to be a prefix of the new one."""
    if not 0 <= old_size <= new_size or not _are_hashes([old_root, new_root, *path]):
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT
    return _is_extension(old_size, new_size, old_root, new_root, path)


def _is_extension(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    nodes = [old_root, *path] if old_size.bit_count() == 1 else list(path)
    if not nodes:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = hash_node(node, old), hash_node(node, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = hash_node(new, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == sha256().digest_size for value in values)


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
