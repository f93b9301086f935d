"""One entry of the decision log and its leaf (SECURITY 3.4)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voting.errors import InputError
from voting.log import canonical, kind
from voting.log.merkle import hash_leaf
from voting.shape import choice, digest, moment, pattern, record, refuse, slug, whole

SALT_BYTES = 32

_commitment_name = pattern(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry; `public` has the shape of its type (voting/log/kind.py).

    `area` is the slug, `seq` counts from 0 in the area, `at` is UTC to the second with Z,
    `commitments` maps a name to the commitment of a value kept elsewhere. Raise RefusalError
    `shape` with the `path` of the first wrong field.
    """

    area: str
    seq: int
    at: str
    type: str
    public: Mapping[str, Any]
    commitments: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        slug(self.area, "area")
        whole()(self.seq, "seq")
        moment(self.at, "at")
        choice(*kind.TYPES)(self.type, "type")
        _check_commitments(self.commitments)
        kind.check(self.type, self.public, self.commitments)

    def write(self) -> bytes:
        """Return the canonical bytes, which are the leaf of the tree."""
        return canonical.write(
            {
                "v": 1,
                "area": self.area,
                "seq": self.seq,
                "at": self.at,
                "type": self.type,
                "public": self.public,
                "commitments": self.commitments,
            }
        )

    def leaf_hash(self) -> bytes:
        """Return the hash of the leaf, 32 bytes."""
        return hash_leaf(self.write())


def read(leaf: bytes) -> Entry:
    """Parse a leaf; raise RefusalError `log.canonical` or `shape`."""
    fields = canonical.read(leaf)
    _envelope(fields, "entry")
    del fields["v"]
    return Entry(**fields)


def commit(salt: bytes, value: str) -> str:
    """Return HMAC-SHA256 of a value in UTF-8 under its own fresh salt, as 64 hexadecimal digits.

    Raise InputError `salt_length` unless the salt has 32 bytes.
    """
    if len(salt) != SALT_BYTES:
        raise InputError("salt_length", expected=SALT_BYTES)
    return hmac.new(salt, value.encode(), "sha256").hexdigest()


def _check_commitments(commitments: object) -> None:
    if type(commitments) is not dict:
        refuse("commitments")
    for name, value in commitments.items():
        _commitment_name(name, "commitments")
        digest(value, f"commitments.{name}")


def _anything(_value: object, _path: str) -> None:
    """Leave a field to the checks of the entry itself."""


def _version(value: object, path: str) -> None:
    if type(value) is not int or value != 1:
        refuse(path)


_envelope = record(
    {
        "v": _version,
        "area": _anything,
        "seq": _anything,
        "at": _anything,
        "type": _anything,
        "public": _anything,
        "commitments": _anything,
    }
)
