"""A whole log as it is handed out: a line for every entry, with what people typed and its salt.

Each line is canonical JSON: {"leaf": the canonical entry, "texts": {field: {"salt", "value"}}}, the
salt in 64 hexadecimal digits. A text that was removed is missing; its commitment stays in the leaf.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from voting.errors import RefusalError
from voting.log import canonical, entry
from voting.log.entry import Entry
from voting.log.merkle import Frontier
from voting.shape import digest, mapped, record, text

REASONS = {
    "shape": "an entry or the text beside it has not the prescribed form",
    "log.canonical": "an entry is not written in the one prescribed form",
    "log.sequence": "an entry stands where it may not stand",
    "log.commitment": "a text does not fit its entry",
    "log.removal": "a text that is said to be removed was never there, or still is",
}

_line = record(
    {"leaf": text(1_000_000), "texts": mapped(record({"salt": digest, "value": text(2000)}))}
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a log holds: `opened` texts fit, `removed` ones were deleted, `closed` ones are kept.

    `root` is the hash over all entries, 64 hexadecimal digits.
    """

    entries: int
    root: str
    opened: int
    removed: int
    closed: int


def write(leaf: str, texts: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return the line of an entry; `texts` holds salt and value by field."""
    shown = {name: {"salt": salt.hex(), "value": value} for name, (salt, value) in texts.items()}
    return canonical.write({"leaf": leaf, "texts": shown}) + b"\n"


def check(lines: Iterable[bytes]) -> Checked:
    """Check every entry, its place and every text beside it.

    Raise RefusalError `shape`, `log.canonical`, `log.sequence`, `log.commitment` (a text does not
    fit) or `log.removal` (a removed text was never there or still is), with the `line` from 1.
    """
    tree, area, opened = Frontier(), "", 0
    closed: set[tuple[int, str]] = set()
    removed: set[tuple[int, str]] = set()
    for seq, line in enumerate(lines):
        try:
            found, texts = _read(line)
            if (found.area, found.seq) != (area or found.area, seq):
                raise RefusalError("log.sequence")
            _check_texts(found, texts)
            removed |= _removed(found, closed)
        except RefusalError as refusal:
            raise RefusalError(refusal.reason, **refusal.facts, line=seq + 1) from refusal
        closed |= {(seq, name) for name in found.commitments if name not in texts}
        area, opened, tree = found.area, opened + len(texts), tree.append(found.leaf_hash())
    return Checked(tree.size, tree.root().hex(), opened, len(removed), len(closed - removed))


def _read(line: bytes) -> tuple[Entry, Mapping[str, Any]]:
    told = canonical.read(line.removesuffix(b"\n"))
    _line(told, "")
    return entry.read(told["leaf"].encode()), told["texts"]


def _check_texts(found: Entry, texts: Mapping[str, Any]) -> None:
    for name, each in texts.items():
        fits = entry.commit(bytes.fromhex(each["salt"]), each["value"])
        if found.commitments.get(name) != fits:
            raise RefusalError("log.commitment")


def _removed(found: Entry, closed: Set[tuple[int, str]]) -> set[tuple[int, str]]:
    """What this entry says was removed: a commitment before it that no text stands beside."""
    if found.type != "text_removed":
        return set()
    gone = (found.public["entry"], found.public["field"])
    if gone not in closed:
        raise RefusalError("log.removal")
    return {gone}
