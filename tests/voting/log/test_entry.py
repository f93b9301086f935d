"""The shape of the log, fixed by a vector: leaf bytes, leaf hashes, roots and a commitment."""

import copy
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from voting.errors import InputError, RefusalError
from voting.log import canonical, entry, kind, merkle
from voting.log.entry import Entry

VECTOR = json.loads(
    (Path(__file__).parents[2] / "vectors" / "log" / "leaf.json").read_text(encoding="utf-8")
)
LEAVES = {each["type"]: each["leaf"].encode() for each in VECTOR["entries"]}
A_HASH = "0" * 64


def fields_of(type_: str) -> dict[str, Any]:
    fields = json.loads(LEAVES[type_])
    del fields["v"]
    return fields


def altered(type_: str, path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    fields = copy.deepcopy(fields_of(type_))
    place = fields
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    return fields


def test_the_vector_holds_every_type_once() -> None:
    assert sorted(each["type"] for each in VECTOR["entries"]) == sorted(kind.TYPES)


@pytest.mark.parametrize("type_", kind.TYPES)
def test_an_entry_is_written_as_published(type_: str) -> None:
    made = Entry(**fields_of(type_))
    assert made.write() == LEAVES[type_]
    assert entry.read(LEAVES[type_]) == made


def test_a_poll_that_takes_no_place_names_no_question_before() -> None:
    fields = fields_of("poll_announced")
    del fields["public"]["questions"][0]["of"]
    made = Entry(**fields)
    assert entry.read(made.write()) == made


@pytest.mark.parametrize("published", VECTOR["entries"], ids=lambda each: each["type"])
def test_leaf_hashes_are_as_published(published: dict[str, str]) -> None:
    leaf = published["leaf"].encode()
    assert entry.read(leaf).leaf_hash().hex() == published["leaf_hash"]
    assert hashlib.sha256(b"\x00" + leaf).hexdigest() == published["leaf_hash"]


def test_roots_are_as_published() -> None:
    hashes = [entry.read(each["leaf"].encode()).leaf_hash() for each in VECTOR["entries"]]
    roots = [merkle.root(hashes[:size]).hex() for size in range(len(hashes) + 1)]
    assert roots == VECTOR["roots"]


def test_commitments_are_as_published() -> None:
    for each in VECTOR["commitments"]:
        salt = bytes.fromhex(each["salt"])
        assert entry.commit(salt, each["value"]) == each["commitment"]
        plain = hmac.new(salt, each["value"].encode(), hashlib.sha256).hexdigest()
        assert plain == each["commitment"]


@pytest.mark.parametrize("published", VECTOR["committed"], ids=lambda each: each["type"])
def test_what_was_typed_stands_as_a_commitment_or_in_the_public_part(published) -> None:
    """Entries from before there were commitments stay valid; nothing stands in both or neither."""
    made, name = entry.read(published["leaf"].encode()), published["field"]
    assert made.leaf_hash().hex() == published["leaf_hash"]
    assert published["value"] not in published["leaf"]
    salt = bytes.fromhex(published["salt"])
    assert made.commitments[name] == entry.commit(salt, published["value"])
    old = fields_of(published["type"])
    public, typed = kind.split(published["type"], old["public"])
    assert (public, typed) == (made.public, {name: published["value"]})
    for wrong in (old["public"] | {"commitments": made.commitments}, public | {"commitments": {}}):
        both = old | {"commitments": wrong.pop("commitments"), "public": wrong}
        with pytest.raises(RefusalError) as refusal:
            Entry(**both)
        assert refusal.value.facts == {"path": f"public.{name}"}


def test_where_nothing_was_typed_the_public_part_says_so() -> None:
    public = fields_of("grant_changed")["public"] | {"reason": None}
    assert kind.split("grant_changed", public) == (public, {})


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(InputError, match="salt_length"):
        entry.commit(bytes(length), "Mira")


def every_place(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from every_place(inner, (*path, name))
    if isinstance(value, list):
        for place, inner in enumerate(value):
            yield from every_place(inner, (*path, place))


@pytest.mark.parametrize("type_", kind.TYPES)
@pytest.mark.parametrize("wrong", [-1, 1.5, "", " ", "\x00", [], {}, [None], b"", {"a": None}])
def test_no_place_takes_a_value_of_another_shape(type_: str, wrong: object) -> None:
    welcome = {
        ("commitments",): ({},),
        ("public", "rules"): ({},),
        ("public", "taken_out"): ([],),
        **{("public", name): ([],) for name in ("funded", "unfunded", "drawn", "rounds")},
    }
    for path in every_place(fields_of(type_)):
        if wrong in welcome.get(path, ()) or path[:2] == ("public", "rules"):
            continue
        with pytest.raises(RefusalError, match="shape"):
            Entry(**altered(type_, path, wrong))


@pytest.mark.parametrize("type_", kind.TYPES)
def test_no_field_may_be_missing_or_added(type_: str) -> None:
    for path in every_place(fields_of(type_)):
        if path[0] != "public" or path[:2] == ("public", "rules"):
            continue
        value = fields_of(type_)
        for step in path:
            value = value[step]  # type: ignore[index]
        if isinstance(value, dict):
            without = dict(list(value.items())[1:])
            for other in (without, value | {"name_of_member": "Mira"}):
                with pytest.raises(RefusalError, match="shape"):
                    Entry(**altered(type_, path, other))


@pytest.mark.parametrize(
    ("type_", "path", "value"),
    [
        ("void", ("area",), "Rixdorf"),
        ("void", ("area",), "rixdorf-"),
        ("void", ("seq",), True),
        ("void", ("seq",), 2**53),
        ("void", ("at",), "2026-03-20T17:00:00+00:00"),
        ("void", ("at",), "2026-03-20T17:00:00.000Z"),
        ("void", ("at",), "2026-02-30T17:00:00Z"),
        ("void", ("at",), "2026-03-20T24:00:00Z"),
        ("void", ("type",), "vote"),
        ("void", ("public", "reason"), "a" * 2001),
        ("void", ("public", "reason"), "Name\u0007"),
        ("void", ("public", "reason"), "\ud800"),
        ("void", ("commitments",), {"officer": "mira"}),
        ("void", ("commitments",), {"Officer": A_HASH}),
        ("void", ("public", "round"), "1aB2cD3eF4gH5"),
        ("void", ("public", "round"), "0aB2cD3eF4gH5j"),
        ("rules_adopted", ("public", "rules_hash"), A_HASH),
        ("rules_adopted", ("public", "rules", "quorum.rule"), "one_third"),
        ("rules_adopted", ("public", "rules", "quorum.fixed"), None),
        ("rules_adopted", ("public", "rules", "unheard.of"), 1),
        ("rules_adopted", ("public", "valid_from"), "2026-02-29"),
        ("round_opened", ("public", "questions"), []),
        ("round_opened", ("public", "questions", 0, "roll_size"), 0),
        ("round_opened", ("public", "questions", 0, "roll_size"), 13),
        ("round_opened", ("public", "questions", 0, "phi"), "a" * 42),
        ("money_shared", ("public", "short_cents"), 39_999),
        ("round_closed", ("public", "how"), "end"),
        ("round_closed", ("public", "reason"), None),
        ("counted", ("public", "tally"), None),
        ("counted", ("public", "tally", "yes"), 8),
        ("counted", ("public", "outcome"), "too_few_ballots"),
        ("decision", ("public", "majority"), None),
        ("decision", ("public", "number"), "2026-0"),
        ("decision", ("public", "number"), "2026-01"),
    ],
)
def test_an_entry_that_lies_about_its_shape_is_refused(
    type_: str, path: tuple[str | int, ...], value: object
) -> None:
    with pytest.raises(RefusalError):
        Entry(**altered(type_, path, value))


def test_a_refusal_names_the_path() -> None:
    path = ("public", "questions", 0, "quorum", "need")
    with pytest.raises(RefusalError) as refusal:
        Entry(**altered("round_opened", path, -1))
    assert refusal.value.facts == {"path": "public.questions[0].quorum.need"}


def test_a_box_left_shut_has_no_tally() -> None:
    public = fields_of("counted")["public"]
    public |= {"outcome": "too_few_ballots", "ballots": 4, "tally": None, "strong_hash": None}
    shut = Entry("rixdorf", 7, "2026-03-12T18:15:30Z", "counted", public)
    assert entry.read(shut.write()) == shut


@pytest.mark.parametrize(
    "change",
    [
        lambda leaf: leaf + b"\n",
        lambda leaf: leaf.replace(b":", b": ", 1),
        lambda leaf: leaf.replace(b'"v":1', b'"v":1.0'),
        lambda leaf: leaf.replace(b'"v":1', b'"v":2'),
        lambda leaf: leaf.replace(b'"v":1', b'"v":true'),
        lambda leaf: leaf.replace(b',"v":1', b""),
        lambda leaf: leaf.replace(b',"v":1', b',"v":1,"w":1'),
        lambda leaf: leaf[:-1],
        lambda leaf: b"[" + leaf + b"]",
        lambda _: b"null",
    ],
)
def test_other_leaves_are_refused(change: Any) -> None:
    for leaf in LEAVES.values():
        with pytest.raises(RefusalError):
            entry.read(change(leaf))


def test_the_rules_hash_leaves_empty_parameters_out() -> None:
    rules = {"quorum.rule": "half", "languages": ["de"]}
    hashed = hashlib.sha256(b'{"languages":["de"],"quorum.rule":"half"}').hexdigest()
    assert kind.rules_hash(rules) == hashed
    assert kind.rules_hash(rules | {"quorum.fixed": None}) == hashed
    assert kind.rules_hash({"quorum.rule": "none"}) != hashed


def test_leaves_are_canonical_json() -> None:
    for leaf in LEAVES.values():
        assert canonical.write(json.loads(leaf)) == leaf
