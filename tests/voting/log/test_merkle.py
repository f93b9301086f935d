"""The tree against a recursion written from the text of RFC 6962, and against published roots."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from random import Random

import pytest

from voting.errors import InputError
from voting.log import merkle

LARGEST = 65
LEAVES = [f"leaf {number}".encode() for number in range(LARGEST)]
HASHES = [merkle.hash_leaf(leaf) for leaf in LEAVES]
ROOTS = [merkle.root(HASHES[:size]) for size in range(LARGEST + 1)]
HashLeaf = Callable[[bytes], bytes]

PUBLISHED_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NODE_0_1 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
NODE_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
NODE_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
NODE_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
NODE_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"


def oracle_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = oracle_split(len(leaves))
    return sha256(b"\x01" + oracle_root(leaves[:k]) + oracle_root(leaves[k:])).digest()


def oracle_split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def oracle_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = oracle_split(len(leaves))
    if m < k:
        return [*oracle_path(m, leaves[:k]), oracle_root(leaves[k:])]
    return [*oracle_path(m - k, leaves[k:]), oracle_root(leaves[:k])]


def oracle_proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    return oracle_subproof(m, leaves, whole=True)


def oracle_subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [oracle_root(leaves)]
    k = oracle_split(len(leaves))
    if m <= k:
        return [*oracle_subproof(m, leaves[:k], whole=whole), oracle_root(leaves[k:])]
    return [*oracle_subproof(m - k, leaves[k:], whole=False), oracle_root(leaves[:k])]


def check_published_roots(hash_leaf: HashLeaf) -> None:
    hashes = [hash_leaf(leaf) for leaf in PUBLISHED_LEAVES]
    for size, published in enumerate(PUBLISHED_ROOTS):
        assert merkle.root(hashes[:size]).hex() == published
        assert oracle_root(PUBLISHED_LEAVES[:size]).hex() == published


def check_no_leaf_poses_as_node(hash_leaf: HashLeaf) -> None:
    left, right = hash_leaf(b"left"), hash_leaf(b"right")
    tree = merkle.root([left, right])
    assert not merkle.is_included(hash_leaf(b"\x01" + left + right), 0, 1, [], tree)


def without_prefix(leaf: bytes) -> bytes:
    return sha256(leaf).digest()


@pytest.mark.parametrize("check", [check_published_roots, check_no_leaf_poses_as_node])
def test_the_tree_holds_and_one_without_leaf_prefix_fails(
    check: Callable[[HashLeaf], None],
) -> None:
    check(merkle.hash_leaf)
    with pytest.raises(AssertionError):
        check(without_prefix)


def test_published_proofs() -> None:
    hashes = [merkle.hash_leaf(leaf) for leaf in PUBLISHED_LEAVES]
    assert_hex(merkle.prove_inclusion(hashes, 0), [LEAF_1, NODE_2_3, NODE_4_7])
    assert_hex(merkle.prove_consistency(hashes, 1), [LEAF_1, NODE_2_3, NODE_4_7])
    assert_hex(merkle.prove_consistency(hashes, 6), [NODE_4_5, NODE_6_7, PUBLISHED_ROOTS[4]])
    assert_hex(merkle.prove_consistency(hashes[:5], 2), [NODE_2_3, LEAF_4])
    assert merkle.hash_node(hashes[0], hashes[1]).hex() == NODE_0_1


def assert_hex(path: list[bytes], expected: list[str]) -> None:
    assert [node.hex() for node in path] == expected


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_roots_and_all_inclusion_proofs_agree_with_the_recursion(size: int) -> None:
    leaves, hashes = LEAVES[:size], HASHES[:size]
    assert ROOTS[size] == oracle_root(leaves)
    for index in range(size):
        path = merkle.prove_inclusion(hashes, index)
        assert path == oracle_path(index, leaves)
        assert merkle.is_included(hashes[index], index, size, path, ROOTS[size])


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_all_consistency_proofs_agree_with_the_recursion(size: int) -> None:
    for old in range(1, size + 1):
        path = merkle.prove_consistency(HASHES[:size], old)
        assert path == oracle_proof(old, LEAVES[:size])
        assert merkle.is_consistent(old, size, ROOTS[old], ROOTS[size], path)


def test_the_empty_tree_is_a_prefix_of_every_tree() -> None:
    assert merkle.prove_consistency(HASHES, 0) == []
    assert merkle.is_consistent(0, LARGEST, ROOTS[0], ROOTS[LARGEST], [])
    assert not merkle.is_consistent(0, LARGEST, ROOTS[1], ROOTS[LARGEST], [])
    assert not merkle.is_consistent(0, LARGEST, ROOTS[0], ROOTS[LARGEST], [HASHES[0]])


def test_appending_one_by_one_gives_every_root() -> None:
    frontier = merkle.Frontier()
    for size, leaf_hash in enumerate(HASHES):
        assert frontier.root() == ROOTS[size]
        assert len(frontier.peaks) == size.bit_count()
        frontier = frontier.append(leaf_hash)
    assert frontier == merkle.frontier(HASHES)


def test_a_malformed_frontier_is_refused() -> None:
    with pytest.raises(InputError, match="frontier_malformed"):
        merkle.Frontier(3, (HASHES[0],))


def forged_paths(path: list[bytes], random: Random) -> list[list[bytes]]:
    """Bit flip, cut at both ends, extended at both ends, two swapped, one shortened."""
    stranger = random.randbytes(32)
    forged = [[*path, stranger], [stranger, *path]]
    if path:
        place, bit = random.randrange(len(path)), random.randrange(256)
        flipped = (int.from_bytes(path[place]) ^ 1 << bit).to_bytes(32)
        forged += [path[1:], path[:-1], [*path[:place], flipped, *path[place + 1 :]]]
        forged.append([*path[:place], path[place][:-1], *path[place + 1 :]])
    if len(path) > 1:
        forged.append([path[1], path[0], *path[2:]])
    return forged


def test_forged_inclusion_proofs_are_refused() -> None:
    random, tried = Random(6962), 0
    for _ in range(400):
        size = random.randint(1, LARGEST)
        index = random.randrange(size)
        path, tree = merkle.prove_inclusion(HASHES[:size], index), ROOTS[size]
        for forged in forged_paths(path, random):
            assert not merkle.is_included(HASHES[index], index, size, forged, tree)
            tried += 1
        others = [other for other in range(-1, size + 1) if other != index]
        for other in random.sample(others, min(3, len(others))):
            assert not merkle.is_included(HASHES[index], other, size, path, tree)
            tried += 1
        assert not merkle.is_included(random.randbytes(32), index, size, path, tree)
        assert not merkle.is_included(HASHES[index], index, size, path, random.randbytes(32))
    assert tried > 2000


def test_forged_consistency_proofs_are_refused() -> None:
    random, tried = Random(9162), 0
    for _ in range(400):
        size = random.randint(2, LARGEST)
        old = random.randrange(1, size)
        path = merkle.prove_consistency(HASHES[:size], old)
        for forged in forged_paths(path, random):
            assert not merkle.is_consistent(old, size, ROOTS[old], ROOTS[size], forged)
            tried += 1
        assert not merkle.is_consistent(size, old, ROOTS[size], ROOTS[old], path)
        assert not merkle.is_consistent(old, size, ROOTS[size], ROOTS[old], path)
        assert not merkle.is_consistent(old, size, random.randbytes(32), ROOTS[size], path)
        assert not merkle.is_consistent(old, size, ROOTS[old], random.randbytes(32), path)
        assert not merkle.is_consistent(old, old, ROOTS[old], ROOTS[size], [])
    assert tried > 2000


def test_a_proof_does_not_pass_for_a_tree_of_another_height() -> None:
    path = merkle.prove_inclusion(HASHES[:4], 3)
    assert not merkle.is_included(HASHES[3], 1, 2, path, ROOTS[4])
    assert not merkle.is_included(HASHES[0], 0, 5, merkle.prove_inclusion(HASHES[:4], 0), ROOTS[4])
    path = merkle.prove_consistency(HASHES[:8], 7)
    for old, size in ((3, 4), (5, 6), (6, 7), (6, 8), (12, 13)):
        assert not merkle.is_consistent(old, size, ROOTS[7], ROOTS[8], path)
    path = merkle.prove_consistency(HASHES[:2], 1)
    for size in (3, 4, 5):
        assert not merkle.is_consistent(1, size, ROOTS[1], ROOTS[2], path)


def test_equal_trees_need_and_take_no_proof() -> None:
    assert merkle.is_consistent(5, 5, ROOTS[5], ROOTS[5], [])
    assert not merkle.is_consistent(5, 5, ROOTS[5], ROOTS[5], [HASHES[0]])
    assert not merkle.is_consistent(5, 5, ROOTS[5], ROOTS[6], [])


def test_a_rewritten_history_has_no_consistency_proof() -> None:
    for altered in range(8):
        rewritten = [*HASHES[:altered], merkle.hash_leaf(b"rewritten"), *HASHES[altered + 1 : 13]]
        path = merkle.prove_consistency(rewritten, 8)
        assert not merkle.is_consistent(8, 13, ROOTS[8], merkle.root(rewritten), path)


def test_proofs_of_what_is_not_there_are_refused() -> None:
    for index in (-1, 3):
        with pytest.raises(InputError, match="index_outside"):
            merkle.prove_inclusion(HASHES[:3], index)
    for size in (-1, 4):
        with pytest.raises(InputError, match="size_outside"):
            merkle.prove_consistency(HASHES[:3], size)
    assert not merkle.is_included(HASHES[0], 0, 0, [], ROOTS[0])
